import type { Words } from "@manydesk/kit/api/sla";

/** One setting with its live version and, if it has one, its draft. */
export interface Setting<S> {
  key: string;
  /** The live version; 0: never published. */
  version: number;
  position: number;
  published_at: string | null;
  spec: S;
  draft: { version: number; spec: S; saved_at: string; reason: string | null; state: "draft" | "proposed" } | null;
  /** Another one after each save; a draft is saved upon the one that was seen. */
  revision?: number;
  used_by: { kind: string; key: string; name: Words }[];
  /** What webhooks of it are signed with; told once. */
  secret?: string;
  abilities: string[];
  /** The job that recalculates running tickets, when a publication asked for it. */
  job?: string | null;
}

export interface Version {
  version: number;
  state: string;
  author: { id: string; name: string } | null;
  reason: string | null;
  created_at: string;
  published_at: string | null;
}

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
