import { useCallback, useEffect, useMemo, useSyncExternalStore } from "react";
import type { DraftKey, DraftState, Drafts } from "./drafts.ts";

export interface Draft<T> {
  value: T;
  edit: (value: T) => void;
  drop: () => Promise<void>;
  state: DraftState;
  /** When it was last touched, 0 if never. */
  at: number;
}

/** One draft on the screen. It appears as `blank` and fills itself from the machine's store. */
export function useDraft<T>(drafts: Drafts<T>, key: DraftKey, blank: T): Draft<T> {
  const { tenant, ticket, kind, user } = key;
  const own = useMemo<DraftKey>(() => ({ tenant, ticket, kind, user }), [tenant, ticket, kind, user]);
  const subscribe = useCallback((listener: () => void) => drafts.subscribe(own, listener), [drafts, own]);
  useSyncExternalStore(subscribe, () => `${drafts.peek(own).at} ${drafts.peek(own).state} ${drafts.peek(own).value === undefined}`);
  useEffect(() => {
    if (drafts.peek(own).value === undefined) void drafts.restore(own, undefined).then((value) => value !== undefined && drafts.touch(own));
  }, [drafts, own]);
  const { value, state, at } = drafts.peek(own);
  const edit = useCallback((next: T) => drafts.edit(own, next), [drafts, own]);
  const drop = useCallback(() => drafts.drop(own), [drafts, own]);
  return { value: value ?? blank, edit, drop, state, at };
}
