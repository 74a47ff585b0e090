import { type Hours, lengthOf } from "./hours.ts";

const units: [RegExp, "minute" | "hour" | "day"][] = [
  [/^(м|мин|минут\p{L}*|m|min|mins|minutes?)\.?$/u, "minute"],
  [/^(ч|час\p{L}*|h|hr|hrs|hours?)\.?$/u, "hour"],
  [/^((раб\.?|рабоч\p{L}*)\s*)?(д|дн|день|дня|дней)\.?$/u, "day"],
  [/^(work(ing)?\s*)?(d|days?)$/u, "day"],
];

/**
 * Minutes from what a person wrote: «15 мин», «4 ч», «1 ч 30 мин», «3 раб. дн», `2 h`. A day is as
 * long as the calendar's usual one. Null for nothing («—», empty); undefined for what is no duration.
 */
export function readDuration(text: string, dayMinutes: number): number | null | undefined {
  const clean = text
    .toLowerCase()
    .replaceAll(/[\u00a0\s]+/g, " ")
    .trim();
  if (/^[-–—]?$/.test(clean)) return null;
  if (/^\d+$/.test(clean)) return Number(clean);
  let minutes = 0;
  const rest = clean.replaceAll(/(\d+(?:[.,]\d+)?)\s*([^\d]+)/gu, (_all, amount: string, word: string) => {
    const unit = units.find(([form]) => form.test(word.trim()))?.[1];
    if (!unit) return "?";
    minutes += Number(amount.replace(",", ".")) * (unit === "minute" ? 1 : unit === "hour" ? 60 : dayMinutes);
    return "";
  });
  return rest.trim() === "" && minutes > 0 ? Math.round(minutes) : undefined;
}

/** Whole working days where it is at least two of them, else undefined: then hours and minutes are said. */
export function wholeDays(minutes: number, dayMinutes: number): number | undefined {
  return dayMinutes > 0 && minutes >= 2 * dayMinutes && minutes % dayMinutes === 0 ? minutes / dayMinutes : undefined;
}

/** What of a calendar says how long its days are. */
export interface Week {
  always?: boolean;
  weekly?: Record<string, Hours[]>;
}

/** The length of the calendar's usual open day, in minutes: the most frequent one, of equals the longer. */
export function usualDay(calendar: Week | undefined): number {
  if (!calendar) return 480;
  if (calendar.always) return 1440;
  const seen = new Map<number, number>();
  for (const hours of Object.values(calendar.weekly ?? {})) {
    const minutes = lengthOf(hours);
    if (minutes > 0) seen.set(minutes, (seen.get(minutes) ?? 0) + 1);
  }
  const [best] = [...seen].sort(([a, n], [b, m]) => m - n || b - a);
  return best?.[0] ?? 480;
}
