import { useSyncExternalStore } from "react";

const clocks = new Map<number, { now: Date; listeners: Set<() => void>; timer: ReturnType<typeof setInterval> | undefined }>();

/** The time of this machine, renewed every so many seconds; all who ask for one pace share a timer. */
export function useNow(seconds: number): Date {
  return useSyncExternalStore(
    (listener) => subscribe(seconds, listener),
    () => clockOf(seconds).now,
  );
}

function clockOf(seconds: number) {
  let clock = clocks.get(seconds);
  if (!clock) {
    clock = { now: new Date(), listeners: new Set(), timer: undefined };
    clocks.set(seconds, clock);
  }
  return clock;
}

function subscribe(seconds: number, listener: () => void): () => void {
  const clock = clockOf(seconds);
  clock.listeners.add(listener);
  clock.timer ??= setInterval(() => {
    clock.now = new Date();
    for (const tell of clock.listeners) tell();
  }, seconds * 1000);
  return () => {
    clock.listeners.delete(listener);
    if (clock.listeners.size === 0) {
      clearInterval(clock.timer);
      clock.timer = undefined;
    }
  };
}
