import { agent } from "@manydesk/kit/api/agent";
import { take } from "@manydesk/kit/api/client";
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { cacheKeys } from "../../parts/cacheKeys.ts";

const at = (tenant: string) => ({ params: { path: { tenant } } });

export const rolesQuery = (tenant: string) =>
  queryOptions({ queryKey: cacheKeys.roles(tenant), queryFn: () => take(agent.GET("/v1/tenants/{tenant}/roles", at(tenant))) });

export const permissionsQuery = (tenant: string) =>
  queryOptions({
    queryKey: cacheKeys.permissions(tenant),
    queryFn: () => take(agent.GET("/v1/tenants/{tenant}/permissions", at(tenant))),
    staleTime: 600_000,
  });

export const invitationsQuery = (tenant: string) =>
  queryOptions({ queryKey: cacheKeys.invitations(tenant), queryFn: () => take(agent.GET("/v1/tenants/{tenant}/invitations", at(tenant))) });

export const brandQuery = (tenant: string) =>
  queryOptions({ queryKey: cacheKeys.brand(tenant), queryFn: () => take(agent.GET("/v1/tenants/{tenant}/brand/draft", at(tenant))) });

export const engagementsQuery = (tenant: string) =>
  queryOptions({ queryKey: cacheKeys.engagements(tenant), queryFn: () => take(agent.GET("/v1/tenants/{tenant}/engagements", at(tenant))) });

export const auditQuery = (tenant: string) =>
  infiniteQueryOptions({
    queryKey: cacheKeys.audit(tenant),
    queryFn: ({ pageParam }) =>
      take(agent.GET("/v1/tenants/{tenant}/audit", { params: { path: { tenant }, query: { cursor: pageParam ?? undefined } } })),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

export const messagesQuery = (tenant: string, state: "failed" | "quarantined") =>
  queryOptions({
    queryKey: cacheKeys.messages(tenant, state),
    queryFn: () => take(agent.GET("/v1/tenants/{tenant}/messages", { params: { path: { tenant }, query: { state } } })),
  });

export const providerQuery = (provider: string) =>
  queryOptions({
    queryKey: cacheKeys.provider(provider, "self"),
    queryFn: () => take(agent.GET("/v1/providers/{provider}", { params: { path: { provider } } })),
  });

export const providerStaffQuery = (provider: string) =>
  queryOptions({
    queryKey: cacheKeys.provider(provider, "staff"),
    queryFn: () => take(agent.GET("/v1/providers/{provider}/staff", { params: { path: { provider } } })),
  });

export const providerEngagementsQuery = (provider: string) =>
  queryOptions({
    queryKey: cacheKeys.provider(provider, "engagements"),
    queryFn: () => take(agent.GET("/v1/providers/{provider}/engagements", { params: { path: { provider } } })),
  });
