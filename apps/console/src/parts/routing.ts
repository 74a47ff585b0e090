import type { Load, Skill, Strategy, Vendor } from "@manydesk/kit/api/route";
import { ask, tenantPath } from "./ask.ts";
import { cacheKeys } from "./cacheKeys.ts";

/** How a rule may choose a person, in the order in which it is offered. */
export const strategies = ["least_loaded", "round_robin", "skill", "on_shift", "previous", "manual"] as const satisfies readonly Strategy[];

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
      (await ask<{ items: Skill[] }>("get", tenantPath(tenant, "skills"), { signal })).items,
    staleTime: 60_000,
  };
}

/** Vendors that tickets may be handed to. */
export function vendorsQuery(tenant: string) {
  return {
    queryKey: [tenant, "vendors"] as const,
    queryFn: async ({ signal }: { signal: AbortSignal }) =>
      (await ask<{ items: Vendor[] }>("get", tenantPath(tenant, "vendors"), { signal })).items,
    staleTime: 60_000,
  };
}
