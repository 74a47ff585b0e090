import type { Setting as AnySetting, SettingVersion } from "@manydesk/kit/api/route";

/** One setting; `job` is the one that recalculates running tickets, when a publication asked for it. */
export type Setting<S> = AnySetting<S> & { job?: string | null };
export type Version = SettingVersion;

/** What is being edited: the draft where there is one. */
export function latest<S>(setting: Setting<S>): S {
  return setting.draft?.spec ?? setting.spec;
}

/** One thing that two versions say differently, in people's words. Null: says nothing of it. */
export interface Difference {
  what: string;
  from: string | null;
  to: string | null;
}

/** The lines that differ, in their order; what only the newer one has comes last. */
export function differences(from: ReadonlyMap<string, string | null>, to: ReadonlyMap<string, string | null>): Difference[] {
  return [...new Set([...from.keys(), ...to.keys()])].flatMap((what) => {
    const one = { what, from: from.get(what) ?? null, to: to.get(what) ?? null };
    return one.from === one.to ? [] : [one];
  });
}
