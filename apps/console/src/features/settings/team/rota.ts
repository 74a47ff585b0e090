import { offset } from "@manydesk/kit/clock/zones";
import type { ShiftItem, Week } from "./calls.ts";

const hour = 3_600_000;
const day = 24 * hour;

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** What the clock on the wall of a zone shows, as if it were UTC. */
const wall = (at: number, zone: string): number => at + offset(zone, new Date(at)) * 60_000;

/** The instant at which the clock on the wall of a zone shows that. */
export function instant(shown: number, zone: string): number {
  const guess = shown - offset(zone, new Date(shown)) * 60_000;
  return shown - offset(zone, new Date(guess)) * 60_000;
}

/** Midnight of the Monday of the week that is `weeks` from this one, as a date without a zone. */
export function monday(now: number, zone: string, weeks: number): number {
  const today = Math.floor(wall(now, zone) / day);
  return (today - ((today + 3) % 7) + weeks * 7) * day;
}

/** Where a stretch lies in a week, as shares of it; null outside. */
export function place(item: Pick<ShiftItem, "starts_at" | "ends_at">, week: number, zone: string): [left: number, width: number] | null {
  const from = Math.max(wall(Date.parse(item.starts_at), zone), week);
  const to = Math.min(wall(Date.parse(item.ends_at), zone), week + 7 * day);
  return to > from ? [(from - week) / (7 * day), (to - from) / (7 * day)] : null;
}

/** Hours of a day as people write them; empty is a day off. */
export const textOf = (spans: Week[string] | undefined): string => (spans ?? []).map(([from, to]) => `${from}–${to}`).join(", ");

/** The reverse; undefined for what cannot be read. */
export function hoursOf(text: string): Week[string] | undefined {
  const spans: Week[string] = [];
  for (const part of text.split(/[,;]/).map((one) => one.trim())) {
    if (!part) continue;
    const [, h1, m1, h2, m2] = /^(\d{1,2})(?::(\d\d))?\s*[-–—]\s*(\d{1,2})(?::(\d\d))?$/.exec(part) ?? [];
    if (h1 === undefined || h2 === undefined) return undefined;
    if (Number(h1) > 23 || Number(h2) > 24 || Number(m1 ?? 0) > 59 || Number(m2 ?? 0) > 59) return undefined;
    spans.push([`${h1.padStart(2, "0")}:${m1 ?? "00"}`, `${h2.padStart(2, "0")}:${m2 ?? "00"}`]);
  }
  return spans;
}
