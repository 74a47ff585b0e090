/**
 * The clock of the service levels once more, by a method of its own: every minute of three weeks is
 * looked up in its zone and is open or not. Nothing here knows of intervals, offsets or deadlines.
 */
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** From and to as the calendar gets them. */
type Hours = [from: string, to: string][];

export interface Desk {
  slug: string;
  name: string;
  zone: string;
  weekly: Record<string, Hours>;
  holidays?: string[];
  extra_days?: { date: string; hours: Hours }[];
}

/** A ticket of a desk: what it was promised, since when. */
export interface Promised {
  ref: string;
  desk: Desk;
  kind: "first_response" | "resolution";
  started: number;
  due: number;
  target: number;
  /** When its clocks stood, if they did. */
  pause?: { from: number; to: number };
}

/** The Friday before the last Sunday of March, when Berlin goes on by an hour; Lord Howe goes back by half of one a week later. */
export function fridayBefore(year: number): number {
  const last = new Date(Date.UTC(year, 2, 31));
  return Date.UTC(year, 2, 31 - last.getUTCDay() - 2);
}

export const begin = fridayBefore(new Date().getUTCFullYear() + 1);
const minutes = (21 * day) / minute;

/** The date so many days after the first, as calendars write it. */
export const date = (after: number): string => new Date(begin + after * day).toISOString().slice(0, 10);

const places = new Map<string, Intl.DateTimeFormat>();

/** The local date, weekday and time of an instant. */
export function local(at: number, zone: string): { date: string; weekday: string; time: string } {
  let format = places.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      weekday: "short",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
    places.set(zone, format);
  }
  const part: Record<string, string> = {};
  for (const { type, value } of format.formatToParts(at)) part[type] = value;
  return {
    date: `${part.year}-${part.month}-${part.day}`,
    weekday: (part.weekday ?? "").toLowerCase(),
    time: `${part.hour}:${part.minute}`,
  };
}

const known = new Map<string, { open: boolean[]; before: number[] }>();

/** Each minute since the beginning, and the open ones before it. */
function table(desk: Desk): { open: boolean[]; before: number[] } {
  const found = known.get(desk.slug);
  if (found) return found;
  const open: boolean[] = [];
  const before = [0];
  for (let n = 0; n < minutes; n += 1) {
    const here = local(begin + n * minute, desk.zone);
    const extra = desk.extra_days?.find((one) => one.date === here.date);
    const hours = extra ? extra.hours : desk.holidays?.includes(here.date) ? [] : (desk.weekly[here.weekday] ?? []);
    open.push(hours.some(([from, to]) => from <= here.time && here.time < to));
    before.push((before[n] ?? 0) + Number(open[n]));
  }
  known.set(desk.slug, { open, before });
  return { open, before };
}

export const isOpen = (desk: Desk, at: number): boolean => table(desk).open[Math.floor((at - begin) / minute)] ?? false;

/** Working seconds between two instants. */
export function worked(desk: Desk, from: number, to: number): number {
  const upTo = (at: number) => {
    const n = Math.floor((at - begin) / minute);
    return (table(desk).before[n] ?? 0) * 60 + (isOpen(desk, at) ? ((at - begin) % minute) / 1000 : 0);
  };
  return upTo(to) - upTo(from);
}

/** Working seconds left; negative when it is late. */
export const left = (desk: Desk, due: number, at: number): number => (at < due ? worked(desk, at, due) : -worked(desk, due, at));

/** The first instant by which so many minutes have been worked. */
export function dueAfter(desk: Desk, start: number, target: number): number {
  let at = start;
  for (let rest = target; rest > 0; at += minute) if (isOpen(desk, at)) rest -= 1;
  return at;
}

/** Working seconds of a ticket until an instant. */
export function counted({ desk, started, pause }: Promised, at: number): number {
  return worked(desk, started, at) - (pause ? worked(desk, pause.from, pause.to) : 0);
}

export interface Stretch {
  from: number;
  to: number;
  kind: "working" | "closed" | "paused";
}

/** The way from one instant to another; of what is open, the pause does not count. */
export function way(desk: Desk, from: number, to: number, pause?: Promised["pause"]): Stretch[] {
  const all: Stretch[] = [];
  for (let at = from; at < to; ) {
    const next = Math.min(to, at - (at % minute) + minute);
    const kind = !isOpen(desk, at) ? "closed" : pause && pause.from <= at && at < pause.to ? "paused" : "working";
    const last = all.at(-1);
    if (last?.kind === kind) last.to = next;
    else all.push({ from: at, to: next, kind });
    at = next;
  }
  return all;
}

/** When it opens or closes next. */
export function turn(desk: Desk, at: number): number {
  let next = at - (at % minute);
  while (isOpen(desk, next) === isOpen(desk, at)) next += minute;
  return next;
}
