import { agent, type BrandDraft, type Engagement, type MailMessage, type Member, type Role } from "@manydesk/kit/api/agent";
import { ifMatch, take } from "@manydesk/kit/api/client";
import { readProblem } from "@manydesk/kit/api/problem";
import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import { cacheKeys } from "../../parts/cacheKeys.ts";

/** A change that makes some answers old. */
function useChangeOf<Input, Output>(call: (input: Input) => Promise<Output>, ...old: QueryKey[]) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: call,
    onSettled: () => Promise.all(old.map((queryKey) => cache.invalidateQueries({ queryKey }))),
  });
}

export const useSaveMember = (tenant: string) =>
  useChangeOf(
    ({ member, ...body }: { member: Member; roles: string[]; active: boolean }) =>
      take<Member>(
        agent.PATCH("/v1/tenants/{tenant}/members/{id}", {
          params: { path: { tenant, id: member.id } },
          headers: ifMatch(member.version),
          body,
        }),
      ),
    cacheKeys.members(tenant),
  );

export const useInvite = (tenant: string) =>
  useChangeOf(
    (body: { email: string; roles: string[] }) =>
      take(agent.POST("/v1/tenants/{tenant}/invitations", { params: { path: { tenant } }, body })),
    cacheKeys.invitations(tenant),
  );

export const useWithdraw = (tenant: string) =>
  useChangeOf(
    (id: string) => take<void>(agent.DELETE("/v1/tenants/{tenant}/invitations/{id}", { params: { path: { tenant, id } } })),
    cacheKeys.invitations(tenant),
  );

export const useSaveRole = (tenant: string) =>
  useChangeOf(
    ({ role, permissions }: { role: Role; permissions: Role["permissions"] }) =>
      take<Role>(
        agent.PATCH("/v1/tenants/{tenant}/roles/{key}", {
          params: { path: { tenant, key: role.key } },
          headers: ifMatch(role.version),
          body: { permissions },
        }),
      ),
    cacheKeys.roles(tenant),
  );

export const useAddRole = (tenant: string) =>
  useChangeOf(
    (body: Pick<Role, "key" | "name" | "permissions">) =>
      take<Role>(agent.POST("/v1/tenants/{tenant}/roles", { params: { path: { tenant } }, body })),
    cacheKeys.roles(tenant),
  );

export const useDeleteRole = (tenant: string) =>
  useChangeOf(
    (role: Role) =>
      take<void>(
        agent.DELETE("/v1/tenants/{tenant}/roles/{key}", { params: { path: { tenant, key: role.key } }, headers: ifMatch(role.version) }),
      ),
    cacheKeys.roles(tenant),
  );

export type BrandChange = Partial<Pick<BrandDraft, "name" | "brand" | "portal_name" | "texts">>;

/** Saves the draft; what comes back has the colours that the guard found. Saves go one after another. */
export function useSaveBrand(tenant: string) {
  const cache = useQueryClient();
  return useMutation({
    scope: { id: `brand ${tenant}` },
    mutationFn: (body: BrandChange) => {
      const version = cache.getQueryData<BrandDraft>(cacheKeys.brand(tenant))?.version ?? 0;
      return take<BrandDraft>(
        agent.PATCH("/v1/tenants/{tenant}/brand/draft", { params: { path: { tenant } }, headers: ifMatch(version), body }),
      );
    },
    onSuccess: (draft) => cache.setQueryData(cacheKeys.brand(tenant), draft),
  });
}

/** Puts the logo as it is; the server cleans an SVG and refuses what is no picture. */
export const useLogo = (tenant: string) =>
  useChangeOf(async (file: File) => {
    const answer = await fetch(`/v1/tenants/${encodeURIComponent(tenant)}/brand/logo`, {
      method: "PUT",
      headers: { "Content-Type": file.type || "application/octet-stream" },
      body: file,
      signal: AbortSignal.timeout(60_000),
    });
    if (!answer.ok) throw await readProblem(answer);
  }, cacheKeys.brand(tenant));

export const usePublishBrand = (tenant: string) =>
  useChangeOf(
    () => take(agent.POST("/v1/tenants/{tenant}/brand/publications", { params: { path: { tenant } } })),
    cacheKeys.brand(tenant),
    cacheKeys.session(),
    cacheKeys.desk(tenant),
  );

export const useOffer = (tenant: string) =>
  useChangeOf(
    (body: { provider: string; roles: string[]; types: string[] | null }) =>
      take<Engagement>(agent.POST("/v1/tenants/{tenant}/engagements", { params: { path: { tenant } }, body })),
    cacheKeys.engagements(tenant),
  );

export const useAccept = (tenant: string) =>
  useChangeOf(
    ({ id, version }: Engagement) =>
      take<Engagement>(
        agent.PUT("/v1/tenants/{tenant}/engagements/{id}/acceptance", { params: { path: { tenant, id } }, headers: ifMatch(version) }),
      ),
    cacheKeys.engagements(tenant),
    cacheKeys.members(tenant),
  );

export const useEnd = (tenant: string) =>
  useChangeOf(
    ({ id, version }: Engagement) =>
      take<Engagement>(
        agent.PUT("/v1/tenants/{tenant}/engagements/{id}/end", { params: { path: { tenant, id } }, headers: ifMatch(version) }),
      ),
    cacheKeys.engagements(tenant),
    cacheKeys.members(tenant),
  );

export const useRetryMessage = (tenant: string) =>
  useChangeOf(
    ({ id }: Pick<MailMessage, "id">) => take(agent.POST("/v1/tenants/{tenant}/messages/{id}/retry", { params: { path: { tenant, id } } })),
    [tenant, "messages"],
  );

export const useNewTenant = () =>
  useChangeOf(
    (body: { name: string; slug: string; code?: string; time_zone: string; languages: ("ru" | "en")[] }) =>
      take(agent.POST("/v1/tenants", { body })),
    cacheKeys.session(),
    cacheKeys.counts(),
  );

export const useProviderOffer = (provider: string) =>
  useChangeOf(
    (body: { tenant: string; roles: string[]; types: null }) =>
      take<Engagement>(agent.POST("/v1/providers/{provider}/engagements", { params: { path: { provider } }, body })),
    cacheKeys.provider(provider, "engagements"),
  );

export const useProviderInvite = (provider: string) =>
  useChangeOf(
    (body: { email: string; roles: string[] }) =>
      take(agent.POST("/v1/providers/{provider}/invitations", { params: { path: { provider } }, body })),
    cacheKeys.provider(provider, "staff"),
  );

export const useProviderAccept = (provider: string) =>
  useChangeOf(
    ({ id, version }: Engagement) =>
      take<Engagement>(
        agent.PUT("/v1/providers/{provider}/engagements/{id}/acceptance", {
          params: { path: { provider, id } },
          headers: ifMatch(version),
        }),
      ),
    cacheKeys.provider(provider, "engagements"),
    cacheKeys.session(),
  );

export const useProviderEnd = (provider: string) =>
  useChangeOf(
    ({ id, version }: Engagement) =>
      take<Engagement>(
        agent.PUT("/v1/providers/{provider}/engagements/{id}/end", { params: { path: { provider, id } }, headers: ifMatch(version) }),
      ),
    cacheKeys.provider(provider, "engagements"),
    cacheKeys.session(),
  );

export const useProviderPeople = (provider: string) =>
  useChangeOf(
    ({ engagement, users }: { engagement: Engagement; users: string[] }) =>
      take<Engagement>(
        agent.PUT("/v1/providers/{provider}/engagements/{id}/people", {
          params: { path: { provider, id: engagement.id } },
          body: { users },
        }),
      ),
    cacheKeys.provider(provider, "engagements"),
    cacheKeys.session(),
  );
