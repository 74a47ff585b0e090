import { useSyncExternalStore } from "react";

export interface Toast {
  text: string;
  /** Something that can be taken back, for as long as the toast stands. */
  undo?: { run: () => void; label?: string };
  /** `bad` is said at once by a screen reader and stays until it is closed. */
  kind?: "done" | "bad";
  /** How long it stands; 6 s, 10 with an undo. */
  seconds?: number;
  /** A newer toast of the same key takes the place of the older one. */
  key?: string;
}

export interface Standing extends Toast {
  id: number;
}

let standing: readonly Standing[] = [];
let last = 0;
const timers = new Map<number, ReturnType<typeof setTimeout>>();
const listeners = new Set<() => void>();

/** Says what happened, at the foot of the page. Returns the way to take it away. */
export function toast(said: Toast): () => void {
  last += 1;
  const id = last;
  for (const old of standing) if (said.key !== undefined && old.key === said.key) close(old.id);
  standing = [...standing.slice(-2), { ...said, id }];
  if (said.kind !== "bad") start(id, (said.seconds ?? (said.undo ? 10 : 6)) * 1000);
  tell();
  return () => close(id);
}

export function close(id: number): void {
  clearTimeout(timers.get(id));
  timers.delete(id);
  standing = standing.filter((one) => one.id !== id);
  tell();
}

/** Takes back what the newest toast offers to take back. */
export function undoNewest(): void {
  const found = standing.findLast((one) => one.undo);
  if (!found) return;
  close(found.id);
  found.undo?.run();
}

/** While the pointer or the focus is on the toasts their time stands still. */
export function hold(): void {
  for (const timer of timers.values()) clearTimeout(timer);
}

export function release(): void {
  for (const id of timers.keys()) start(id, 4000);
}

export function useToasts(): readonly Standing[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => standing,
  );
}

function start(id: number, milliseconds: number): void {
  timers.set(
    id,
    setTimeout(() => close(id), milliseconds),
  );
}

function tell(): void {
  for (const listener of listeners) listener();
}
