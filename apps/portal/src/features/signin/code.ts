/** The digits of what was typed or pasted: a code comes with spaces, dashes, a whole sentence around it. */
export function digitsOf(text: string): string {
  const alone = /(?<!\d)\d{3}[\s\u00a0-]?\d{3}(?!\d)/.exec(text)?.[0] ?? text;
  return alone.replace(/\D/g, "").slice(0, 6);
}

export function looksLikeEmail(text: string): boolean {
  return /^\S+@\S+\.\S+$/.test(text.trim()) && text.length <= 254;
}
