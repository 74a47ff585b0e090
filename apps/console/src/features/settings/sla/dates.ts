import type { CalendarSpec, Hours } from "./spec.ts";

/** Dates that go together on one chip: a run of days off, or one day with its own hours. */
export interface DateChip {
  from: string;
  to: string;
  /** Null: closed. */
  hours: Hours[] | null;
}

const day = 86_400_000;

/** Holidays in runs and days with their own hours, in order. A day with its own hours wins over a holiday. */
export function chipsOf({ holidays = [], extra_days = [] }: Pick<CalendarSpec, "holidays" | "extra_days">): DateChip[] {
  const own = new Map(extra_days.map((one) => [one.date, one.hours]));
  const closed = [
    ...new Set([
      ...holidays.filter((date) => !own.has(date)),
      ...extra_days.filter((one) => one.hours.length === 0).map((one) => one.date),
    ]),
  ].sort();
  const chips: DateChip[] = [];
  for (const date of closed) {
    const last = chips.at(-1);
    if (last && Date.parse(date) - Date.parse(last.to) <= day) last.to = date;
    else chips.push({ from: date, to: date, hours: null });
  }
  for (const { date, hours } of extra_days) if (hours.length > 0) chips.push({ from: date, to: date, hours });
  return chips.sort((a, b) => a.from.localeCompare(b.from));
}

/** The dates of a chip, one by one. */
export function datesOf({ from, to }: Pick<DateChip, "from" | "to">): string[] {
  const dates: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to) && dates.length < 400; at += day)
    dates.push(new Date(at).toISOString().slice(0, 10));
  return dates;
}

/** The calendar without these dates, then with them as the chip says. */
export function withDates(spec: CalendarSpec, old: DateChip | null, next: DateChip | null): Pick<CalendarSpec, "holidays" | "extra_days"> {
  const gone = new Set([...(old ? datesOf(old) : []), ...(next ? datesOf(next) : [])]);
  const holidays = (spec.holidays ?? []).filter((date) => !gone.has(date));
  const extra = (spec.extra_days ?? []).filter((one) => !gone.has(one.date));
  if (!next) return { holidays, extra_days: extra };
  const dates = datesOf(next);
  if (next.hours === null) return { holidays: [...holidays, ...dates].sort(), extra_days: extra };
  const hours = next.hours;
  return { holidays, extra_days: [...extra, ...dates.map((date) => ({ date, hours }))].sort((a, b) => a.date.localeCompare(b.date)) };
}
