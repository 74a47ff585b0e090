/** What of a promise the client needs to count it on: as the server gave it when it was read. */
export interface Ticking {
  due_at: string | null;
  target_seconds: number;
  /** Working seconds left when it was read; negative: late by so many. Null for one that does not run. */
  working_seconds_left: number | null;
  open_now: boolean;
  /** When `open_now` turns next; null: never. */
  changes_at: string | null;
  breached: boolean;
  /** When it was read, in milliseconds of this machine; `seen` knows it for one without. */
  read_at?: number;
}

export type Step = "calm" | "notice" | "warn" | "breach";

/**
 * Working seconds left at `now`. The server did the arithmetic; here is only taken away what passed
 * since while the desk was open. Never more than the time until the deadline, never less than
 * nothing before it, never more than nothing after it.
 */
export function leftAt(clock: Ticking, now: number): number {
  if (clock.working_seconds_left === null || clock.due_at === null) return 0;
  const due = Date.parse(clock.due_at);
  const left = clock.working_seconds_left - openSince(clock, now) / 1000;
  if (now >= due) return Math.min(left, 0);
  return Math.max(0, Math.min(left, (due - now) / 1000));
}

/** The share of the promised time that is left decides the look: half, a fifth, none. */
export function stepAt(clock: Ticking, now: number): Step {
  if (clock.breached || (clock.due_at !== null && now >= Date.parse(clock.due_at))) return "breach";
  const share = leftAt(clock, now) / Math.max(1, clock.target_seconds);
  if (share <= 0.2) return "warn";
  return share <= 0.5 ? "notice" : "calm";
}

const marks = [15, 5, 0] as const;

/** The last of 15, 5 and 0 minutes that was reached: what a screen reader hears, and nothing else. */
export function markAt(clock: Ticking, now: number): (typeof marks)[number] | null {
  if (stepAt(clock, now) === "breach") return 0;
  const left = leftAt(clock, now);
  return marks.findLast((minutes) => left <= minutes * 60) ?? null;
}

/** Every second in the last five minutes and the first five of lateness, else twice a minute. */
export function paceAt(clock: Ticking, now: number): 1 | 30 {
  return clock.working_seconds_left !== null && Math.abs(leftAt(clock, now)) < 300 ? 1 : 30;
}

const firstSeen = new WeakMap<object, number>();

/** When a clock was read: as it says itself, else when it was first looked at. */
export function seen(clock: Ticking, now: number): number {
  if (clock.read_at !== undefined) return clock.read_at;
  const known = firstSeen.get(clock);
  if (known !== undefined) return known;
  firstSeen.set(clock, now);
  return now;
}

function openSince(clock: Ticking, now: number): number {
  const from = seen(clock, now);
  const turn = clock.changes_at === null ? Number.POSITIVE_INFINITY : Date.parse(clock.changes_at);
  return Math.max(0, clock.open_now ? Math.min(now, turn) - from : now - Math.max(from, turn));
}
