import type { Person } from "@manydesk/kit/api/agent";
import { ask, tenantPath } from "./ask.ts";
import { cacheKeys } from "./cacheKeys.ts";

/** How a rule chooses a person of the group. */
export const strategies = ["least_loaded", "round_robin", "skill", "on_shift", "previous", "manual"] as const;
export type Strategy = (typeof strategies)[number];

export interface Named {
  key: string;
  name: string;
}

/** Why a ticket is where it is: rules in order with what they saw, who could have it, who got it. */
export interface RoutingWhy {
  version: number | null;
  at: string | null;
  by_hand: boolean;
  /** Why it was routed again; null at its opening. */
  cause?: "asked" | "reopened" | "removed" | "absent" | "shift_ended" | "engagement_ended" | null;
  /** Null: the default. */
  rule: { key: string; name: string; position: number } | null;
  tried: {
    key: string;
    name: string;
    position: number;
    matched: boolean;
    off: boolean;
    sentences: { text: string; matched: boolean; seen: boolean; actual: string | null }[];
  }[];
  strategy: Strategy | "" | null;
  candidates: Candidate[];
  /** How many more candidates there were. */
  more: number;
  to: {
    group: Named | null;
    person: Person | null;
    vendor: { id: string; name: string } | null;
    line: number | null;
    priority: number | null;
    tags: string[];
  };
  changes: { at: string; by: Person; field: string; from: string | null; to: string | null; reason: string | null }[];
}

export interface Candidate {
  person: Person;
  points: number;
  tickets: number;
  capacity: number;
  on_shift: boolean;
  until: string | null;
  skill: number | null;
  chosen: boolean;
  /** Why not, as a sentence. */
  no: string | null;
}

export interface Loaded {
  person: Person;
  groups: Named[];
  lines: number[];
  skills: { key: string; name: string; level: number }[];
  languages: string[];
  points: number;
  tickets: number;
  /** Of them of this tenant. */
  here: number;
  capacity: number;
  on_shift: boolean;
  until: string | null;
  absent_until: string | null;
  next_shift: string | null;
  vendor: { id: string; name: string } | null;
}

export interface Load {
  items: Loaded[];
  groups: { key: string; name: string; tickets: number; unassigned: number; limit: number | null }[];
}

/** Who has how much to do, over all tenants, and who is on shift. */
export function loadQuery(tenant: string) {
  return {
    queryKey: cacheKeys.load(tenant),
    queryFn: ({ signal }: { signal: AbortSignal }) => ask<Load>("get", tenantPath(tenant, "load"), { signal }),
    staleTime: 10_000,
  };
}

/** What a tenant calls the skills of its people. */
export function skillsQuery(tenant: string) {
  return {
    queryKey: [tenant, "skills"] as const,
    queryFn: async ({ signal }: { signal: AbortSignal }) =>
      (
        await ask<{ items: { key: string; spec: { name: { ru?: string; en?: string } } }[] }>("get", tenantPath(tenant, "skills"), {
          signal,
        })
      ).items,
    staleTime: 60_000,
  };
}

/** Vendors that tickets may be handed to. */
export function vendorsQuery(tenant: string) {
  return {
    queryKey: [tenant, "vendors"] as const,
    queryFn: async ({ signal }: { signal: AbortSignal }) =>
      (await ask<{ items: { id: string; name: string; ended_at: string | null }[] }>("get", tenantPath(tenant, "vendors"), { signal }))
        .items,
    staleTime: 60_000,
  };
}
