import { useSyncExternalStore } from "react";

interface Pace {
  now: Date;
  listeners: Set<() => void>;
  next: number;
  subscribe: (listener: () => void) => () => void;
  read: () => Date;
}

const paces = new Map<number, Pace>();
let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * The time of this machine, renewed every so many seconds. One timer serves the whole page: it
 * sleeps until the next pace is due, and not at all when nobody asks.
 */
export function useNow(seconds: number): Date {
  const { subscribe, read } = paceOf(seconds);
  return useSyncExternalStore(subscribe, read);
}

function paceOf(seconds: number): Pace {
  const known = paces.get(seconds);
  if (known) return known;
  const pace: Pace = {
    now: new Date(),
    listeners: new Set(),
    next: 0,
    read: () => pace.now,
    subscribe(listener) {
      // Nobody looked for a while: what is kept is old.
      if (pace.listeners.size === 0) {
        pace.now = new Date();
        pace.next = pace.now.getTime() + seconds * 1000;
      }
      pace.listeners.add(listener);
      wind();
      return () => {
        pace.listeners.delete(listener);
        wind();
      };
    },
  };
  paces.set(seconds, pace);
  return pace;
}

function wind(): void {
  clearTimeout(timer);
  timer = undefined;
  let next = Number.POSITIVE_INFINITY;
  for (const pace of paces.values()) if (pace.listeners.size > 0) next = Math.min(next, pace.next);
  if (next < Number.POSITIVE_INFINITY) timer = setTimeout(tick, Math.max(0, next - Date.now()));
}

function tick(): void {
  const now = new Date();
  for (const [seconds, pace] of paces) {
    if (pace.listeners.size === 0 || pace.next > now.getTime()) continue;
    pace.now = now;
    pace.next = now.getTime() + seconds * 1000;
    for (const tell of pace.listeners) tell();
  }
  wind();
}
