import { isProblem } from "@manydesk/kit/api/problem";
import { useCallback, useEffect, useRef, useState } from "react";
import { latest, type Setting } from "./setting.ts";

const pause = 400;

export interface Draft<S> {
  spec: S;
  /** Changes a part; saved by itself a moment later. */
  change: (part: Partial<S>) => void;
  /** Changes it by what it is then: for what is done later, as undoing. */
  edit: (how: (spec: S) => S) => void;
  /** What the server says of a field: `error("targets/1/resolution")`. */
  error: (pointer: string) => string | undefined;
  /** The refusal as it came, for a part that finds its own fields in it. */
  problem: unknown;
  /** The sentence of a refusal that belongs to no field. */
  refusal: unknown;
  /** Saves once more what was refused, knowing by now what somebody else has saved. */
  again: () => void;
  /** Forgets what was typed and not saved. */
  drop: () => void;
  state: "saved" | "saving" | "failed";
  savedAt: string | null;
  /** Sends what is waiting, and is done when the server has it: with the draft's version, if there was anything to send; null when it was refused. */
  settle: () => Promise<number | null | undefined>;
}

/** The revision that what is typed was made of; a save that succeeds puts the new one here. */
export interface Upon {
  current: number | null;
}

interface Save<S> {
  /** Keeps a draft upon the revision, by the order of saves. */
  send: (spec: S, upon: Upon) => Promise<Setting<S>>;
  error: unknown;
}

/**
 * A setting being edited: every change shows at once and is kept as its draft. What somebody else
 * saved meanwhile is not written over: what was typed stays, and is kept instead of theirs when the
 * person says so.
 */
export function useDrafted<S>(setting: Setting<S>, { send: mutate, error }: Save<S>): Draft<S> {
  const [local, setLocal] = useState<S | null>(null);
  // The answer to the last save: what is local stands until the setting itself is that new.
  const [kept, setKept] = useState<Setting<S> | null>(null);
  const waiting = useRef<S | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const save = useRef(mutate);
  save.current = mutate;
  const upon = useRef<number | null>(null);
  const [dropped, setDropped] = useState<unknown>(null);
  const problem = local && error !== dropped ? error : null;
  const spec = local ?? latest(setting);

  const send = useCallback(async () => {
    clearTimeout(timer.current);
    const next = waiting.current;
    if (!next) return undefined;
    waiting.current = null;
    try {
      const saved = await save.current(next, upon);
      if (!waiting.current) setKept(saved);
      return saved.draft?.version;
    } catch {
      // Shown at the field; what was typed stays, and waits for the next try.
      waiting.current ??= next;
      return null;
    }
  }, []);
  const revision = useRef(setting.revision);
  revision.current = setting.revision;
  const newest = useRef(spec);
  newest.current = waiting.current ?? spec;
  const edit = useCallback(
    (how: (spec: S) => S) => {
      const next = how(newest.current);
      upon.current ??= revision.current ?? null;
      newest.current = next;
      waiting.current = next;
      setLocal(next);
      setKept(null);
      clearTimeout(timer.current);
      timer.current = setTimeout(send, pause);
    },
    [send],
  );
  const again = () => {
    const current = isProblem(problem, "changed_meanwhile") ? Number(problem.extra.current) : 0;
    if (current) upon.current = current;
    edit((old) => old);
  };
  const drop = useCallback(() => {
    clearTimeout(timer.current);
    waiting.current = null;
    upon.current = null;
    setLocal(null);
    setKept(null);
    setDropped(error);
  }, [error]);
  const change = useCallback((part: Partial<S>) => edit((old) => ({ ...old, ...part })), [edit]);
  // What the server has is what is shown, unless the person went on.
  useEffect(() => {
    if (!kept || waiting.current) return;
    if (setting.version === kept.version && (setting.draft?.saved_at ?? "") < (kept.draft?.saved_at ?? "")) return;
    upon.current = null;
    setLocal(null);
    setKept(null);
  }, [kept, setting]);
  // Leaving the page loses nothing.
  useEffect(() => () => void send(), [send]);

  const failed = Boolean(problem);
  const errors = isProblem(problem) ? problem.errors : [];
  return {
    spec,
    change,
    edit,
    error: (pointer) => errors.find((one) => one.pointer === `/body/spec/${pointer}`)?.detail,
    problem,
    refusal: failed && errors.length === 0 ? problem : null,
    again,
    drop,
    state: failed ? "failed" : local && !kept ? "saving" : "saved",
    savedAt: setting.draft?.saved_at ?? null,
    settle: send,
  };
}
