import { isProblem } from "@manydesk/kit/api/problem";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { latest, type Setting } from "../drafting/setting.ts";
import { settingsQuery, useSettings } from "./calls.ts";
import type { Kind, Specs } from "./spec.ts";

interface How<S> {
  /** What a new one begins with. */
  blank: S;
  /** What of it is sent. */
  shape?: (spec: S) => S;
  /** It is kept as a draft, or published. */
  onKept: (saved: Setting<S>, live: boolean) => void;
}

/**
 * A setting in a dialog, saved by its buttons. What somebody else saved since the dialog was opened
 * is not written over: what was typed stays, and is kept instead of theirs when the person says so.
 * A new one whose publication was refused is saved again then, not made twice.
 */
export function useDialogDraft<K extends Kind>(tenant: string, kind: K, setting: Setting<Specs[K]> | null, how: How<Specs[K]>) {
  const { save, create, publish } = useSettings(tenant, kind);
  const { data: all } = useQuery(settingsQuery(tenant, kind));
  const [made, setMade] = useState(setting);
  const current = all?.find((one) => one.key === made?.key) ?? made;
  const [spec, setSpec] = useState(() => (setting ? latest(setting) : how.blank));
  const upon = useRef(setting?.revision ?? null);
  const asked = useRef(false);
  const [secret, setSecret] = useState<string>();
  const problem = save.error ?? create.error ?? publish.error;
  const fields = isProblem(problem) ? problem.errors : [];

  const keep = async (live: boolean) => {
    asked.current = live;
    const body = how.shape?.(spec) ?? spec;
    const saved = made ? await save.mutateAsync({ key: made.key, spec: body, upon }) : await create.mutateAsync({ spec: body });
    upon.current = saved.revision ?? null;
    setMade(saved);
    const told = saved.secret ?? secret;
    setSecret(told);
    if (live) await publish.mutateAsync(saved);
    how.onKept({ ...saved, secret: told }, live);
  };
  const send = (live: boolean) =>
    void keep(live).catch(() => {
      // Said in the dialog; what was typed stays.
    });
  return {
    spec,
    edit: (change: (spec: Specs[K]) => Specs[K]) => setSpec(change),
    change: (part: Partial<Specs[K]>) => setSpec((old) => ({ ...old, ...part })),
    send,
    /** Sends once more what was refused, knowing by now what somebody else has saved. */
    again: () => {
      const theirs = isProblem(problem, "changed_meanwhile") ? Number(problem.extra.current) : 0;
      if (theirs && save.error) upon.current = theirs;
      send(asked.current);
    },
    /** Forgets what was typed: what the others saved is here now. */
    drop: () => {
      if (current) setSpec(latest(current));
      upon.current = current?.revision ?? null;
      for (const one of [save, create, publish]) one.reset();
    },
    /** The setting as it is by now; null for one that is not made yet. */
    current,
    /** The secret that a save has made; the server tells it once. */
    secret,
    busy: save.isPending || create.isPending || publish.isPending,
    /** What the server says of a field: `error("levels/0/value")`, and of what lies in it. */
    error: (pointer: string) => fields.find((one) => one.pointer.startsWith(`/body/spec/${pointer}`))?.detail,
    /** The refusal as it came, for a part that finds its own fields in it. */
    problem,
    /** The refusal that belongs to no field. */
    refusal: fields.length === 0 ? problem : null,
  };
}
