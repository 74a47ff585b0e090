/** The star that the letter's link names; nothing when it names none. */
export function scoreOf(search: string): number | null {
  const score = Number(new URLSearchParams(search).get("score"));
  return Number.isInteger(score) && score >= 1 && score <= 5 ? score : null;
}
