import { agent, type Member, type TenantDesk } from "@manydesk/kit/api/agent";
import { take } from "@manydesk/kit/api/client";
import { queryOptions } from "@tanstack/react-query";
import { cacheKeys } from "./cacheKeys.ts";

/** The tenant's own words and rules: types, workflow, brief, sender. */
export function deskQuery(tenant: string) {
  return queryOptions({
    queryKey: cacheKeys.desk(tenant),
    queryFn: () => take<TenantDesk>(agent.GET("/v1/tenants/{tenant}", { params: { path: { tenant } } })),
    staleTime: 300_000,
  });
}

/** Who works for the tenant. */
export function membersQuery(tenant: string) {
  return queryOptions({
    queryKey: cacheKeys.members(tenant),
    queryFn: () => take<{ items: Member[] }>(agent.GET("/v1/tenants/{tenant}/members", { params: { path: { tenant } } })),
    staleTime: 60_000,
  });
}
