import type { Setting } from "../drafting/setting.ts";
import { type Draft, useDrafted } from "../drafting/useDrafted.ts";
import { useSettings } from "./calls.ts";
import type { Kind, Specs } from "./spec.ts";

export type { Draft } from "../drafting/useDrafted.ts";

/** A setting of the clock being edited: every change shows at once and is kept as its draft. */
export function useDraft<K extends Kind>(tenant: string, kind: K, setting: Setting<Specs[K]>): Draft<Specs[K]> {
  const { save } = useSettings(tenant, kind);
  const { key } = setting;
  return useDrafted(setting, { send: (spec, upon) => save.mutateAsync({ key, spec, upon }), error: save.error });
}
