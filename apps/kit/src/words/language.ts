import { useSyncExternalStore } from "react";
import type { Language } from "./message.ts";

export type { Language } from "./message.ts";

let current: Language = "ru";
const listeners = new Set<() => void>();

/** The language shown now. Outside components only; inside them `useLanguage`. */
export function language(): Language {
  return current;
}

/**
 * Shows everything in another language at once, without a reload, and marks the page
 * with it. Saving the person's choice on the server is the app's own step.
 */
export function setLanguage(next: Language): void {
  document.documentElement.lang = next;
  if (next === current) return;
  current = next;
  for (const tell of listeners) tell();
}

export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, language);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
