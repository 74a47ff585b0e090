import { useRef } from "react";
import type { Setting } from "../drafting/setting.ts";
import { type Draft, useDrafted } from "../drafting/useDrafted.ts";
import { useSettings } from "./calls.ts";
import type { Kind, Specs } from "./spec.ts";

export type { Draft } from "../drafting/useDrafted.ts";

/**
 * A setting of the clock being edited: every change shows at once and is kept as its draft. What
 * somebody else saved meanwhile is not written over: what was typed stays, and is kept instead of
 * theirs when the person tries again.
 */
export function useDraft<K extends Kind>(tenant: string, kind: K, setting: Setting<Specs[K]>): Draft<Specs[K]> {
  const { save } = useSettings(tenant, kind);
  const { key } = setting;
  /** The revision that what is typed was made of; null when nothing is. */
  const base = useRef<number | null>(null);
  const draft = useDrafted(setting, {
    mutateAsync: (spec: Specs[K]) => {
      base.current ??= setting.revision ?? null;
      return save.mutateAsync({ key, spec, upon: base });
    },
    error: save.error,
  });
  if (draft.state === "saved") base.current = null;
  return {
    ...draft,
    change: (part) => {
      // Nothing new: the person tries again, knowing that another has saved.
      if (Object.keys(part).length === 0) base.current = setting.revision ?? null;
      draft.change(part);
    },
  };
}
