/** From and to as «09:00», «24:00» only as an end. */
export type Hours = [string, string];

/** Minutes of the day; NaN for what is no time. */
export function minutesOf(text: string): number {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/.exec(text.trim()) ?? [];
  const value = Number(hours) * 60 + Number(minutes);
  return value <= 1440 && Number(minutes) < 60 ? value : Number.NaN;
}

/** Working minutes of a day. */
export function lengthOf(hours: readonly Hours[]): number {
  return hours.reduce((sum, [from, to]) => sum + Math.max(0, minutesOf(to) - minutesOf(from) || 0), 0);
}
