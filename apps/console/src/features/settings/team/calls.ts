import type { Member } from "@manydesk/kit/api/agent";
import { ifMatch } from "@manydesk/kit/api/client";
import type { Group, GroupSpec, Shifts, Skill, Vendor, Week } from "@manydesk/kit/api/route";
import type { Words } from "@manydesk/kit/api/sla";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ask, tenantPath } from "../../../parts/ask.ts";
import { cacheKeys } from "../../../parts/cacheKeys.ts";

export type { Group, RotaPerson, ShiftItem, Skill, Vendor, Week } from "@manydesk/kit/api/route";
export type TeamMember = Member;

const list =
  <T>(tenant: string, ...what: string[]) =>
  async ({ signal }: { signal: AbortSignal }): Promise<T[]> =>
    (await ask<{ items: T[] }>("get", tenantPath(tenant, ...what), { signal })).items;

export const groupsQuery = (tenant: string) => ({ queryKey: [tenant, "groups"] as const, queryFn: list<Group>(tenant, "groups") });
export const skillsQuery = (tenant: string) => ({ queryKey: [tenant, "skills", "all"] as const, queryFn: list<Skill>(tenant, "skills") });
export const vendorsQuery = (tenant: string) => ({
  queryKey: [tenant, "vendors", "all"] as const,
  queryFn: list<Vendor>(tenant, "vendors"),
});
export const teamQuery = (tenant: string) => ({
  queryKey: [...cacheKeys.members(tenant), "team"] as const,
  queryFn: list<TeamMember>(tenant, "members"),
});
export const shiftsQuery = (tenant: string, from: Date, to: Date) => ({
  queryKey: [tenant, "shifts", from.toISOString()] as const,
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    ask<Shifts>("get", `${tenantPath(tenant, "shifts")}?from=${from.toISOString()}&to=${to.toISOString()}`, { signal }),
});

/** A change of the team: everything that shows it is read again. */
export function useTeamChange<Input, Output = unknown>(tenant: string, call: (input: Input) => Promise<Output>) {
  const cache = useQueryClient();
  const shown = new Set(["groups", "skills", "vendors", "members", "shifts", "load", "desk"]);
  return useMutation({
    mutationFn: call,
    onSettled: () => cache.invalidateQueries({ predicate: ({ queryKey: [of, what] }) => of === tenant && shown.has(String(what)) }),
  });
}

export const useSaveGroup = (tenant: string) =>
  useTeamChange(tenant, async ({ key, spec, members }: { key?: string; spec: GroupSpec; members: string[] }) => {
    const at = key ?? (await ask<Group>("post", tenantPath(tenant, "groups"), { body: { spec } })).key;
    return ask<Group>("put", tenantPath(tenant, "groups", at), { body: { spec, members } });
  });

export const useRemoveSetting = (tenant: string, what: "groups" | "skills") =>
  useTeamChange(tenant, ({ key, version }: { key: string; version: number }) =>
    ask<void>("delete", tenantPath(tenant, what, key), { headers: ifMatch(version) }),
  );

export const useAddSkill = (tenant: string) =>
  useTeamChange(tenant, async (name: Words) => {
    const made = await ask<{ key: string; draft: { version: number } }>("post", tenantPath(tenant, "skills"), { body: { spec: { name } } });
    return ask("post", tenantPath(tenant, "skills", made.key, "publications"), { body: { draft: made.draft.version } });
  });

export const useSavePerson = (tenant: string) =>
  useTeamChange(tenant, ({ member, ...body }: { member: TeamMember } & Record<string, unknown>) =>
    ask<TeamMember>("patch", tenantPath(tenant, "members", member.id), { headers: ifMatch(member.version), body }),
  );

export const useSaveWeek = (tenant: string) =>
  useTeamChange(tenant, ({ id, ...body }: { id: string; week: Week; time_zone: string }) =>
    ask("put", tenantPath(tenant, "members", id, "week"), { body }),
  );

export const useAddAbsence = (tenant: string) =>
  useTeamChange(tenant, (body: { person: string; starts_at: string; ends_at: string; note?: string }) =>
    ask("post", tenantPath(tenant, "absences"), { body }),
  );

export const useCallOff = (tenant: string) =>
  useTeamChange(tenant, (id: string) => ask<void>("delete", tenantPath(tenant, "absences", id)));

export const useAddVendor = (tenant: string) =>
  useTeamChange(tenant, (name: string) => ask<Vendor>("post", tenantPath(tenant, "vendors"), { body: { name } }));

export const useChangeVendor = (tenant: string) =>
  useTeamChange(tenant, ({ id, ...body }: { id: string; ended?: boolean; name?: string }) =>
    ask<Vendor>("patch", tenantPath(tenant, "vendors", id), { body }),
  );
