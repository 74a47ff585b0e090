import { agent } from "@manydesk/kit/api/agent";
import { take } from "@manydesk/kit/api/client";
import type { ConditionField } from "@manydesk/kit/conditions/field";
import type { Kind } from "@manydesk/kit/conditions/tree";
import type { Option } from "@manydesk/kit/ui/Select";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { membersQuery } from "./deskQuery.ts";

type Told = Omit<ConditionField, "kind" | "load"> & { kind: string };

/** Fields as the builder of conditions takes them: people and companies are found as one types; there are none without a tenant. */
export function useVocabulary(tenant: string | null, fields: readonly Told[] | undefined): ConditionField[] {
  const { data: members } = useQuery({ ...membersQuery(tenant ?? ""), enabled: tenant !== null });
  return useMemo(() => {
    const load: Partial<Record<string, ConditionField["load"]>> =
      tenant === null
        ? {}
        : {
            company: (query, signal) => companies(tenant, query, signal),
            person: async (query) =>
              (members?.items ?? [])
                .filter((one) => one.name.toLowerCase().includes(query.toLowerCase()))
                .map((one) => ({ value: one.id, label: one.name })),
          };
    return (fields ?? []).map((field) => ({ ...field, kind: field.kind as Kind, load: load[field.kind] }));
  }, [fields, members, tenant]);
}

async function companies(tenant: string, query: string, signal: AbortSignal): Promise<Option[]> {
  const { items } = await take(agent.GET("/v1/tenants/{tenant}/companies", { params: { path: { tenant }, query: { q: query } }, signal }));
  return items.map((one) => ({ value: one.id, label: one.name }));
}
