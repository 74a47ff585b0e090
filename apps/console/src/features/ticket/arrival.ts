const minute = 60_000;

/** What is wrong with a time at which somebody is said to have come; null when nothing is. */
export function wrongArrival(at: string, opened: string, now: Date): "need" | "future" | "early" | null {
  if (!at) return "need";
  if (Date.parse(at) > now.getTime()) return "future";
  return Date.parse(cameAt(at, opened)) < Date.parse(opened) ? "early" : null;
}

/** The instant that is meant: times are said in minutes, and the minute in which the ticket was opened began before it. */
export function cameAt(at: string, opened: string): string {
  const start = Math.floor(Date.parse(opened) / minute) * minute;
  return Date.parse(at) < Date.parse(opened) && Date.parse(at) >= start ? opened : at;
}
