import type { Ticket } from "@manydesk/kit/api/agent";
import { isProblem } from "@manydesk/kit/api/problem";
import type { RoutingWhy } from "@manydesk/kit/api/route";
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { ask, tenantPath } from "../../../parts/ask.ts";
import { saveDraft } from "../drafting/saveDraft.ts";
import type { Upon } from "../drafting/useDrafted.ts";
import type { Routing, Rules, Trial } from "./spec.ts";

const cacheKey = (tenant: string, ...rest: unknown[]) => [tenant, "routing", ...rest] as const;

/** The rules of a tenant: what is live, what is drafted, and what is wrong with them. */
export function routingQuery(tenant: string) {
  return queryOptions({
    queryKey: cacheKey(tenant, "rules"),
    queryFn: ({ signal }) => ask<Routing>("get", tenantPath(tenant, "routing"), { signal }),
    staleTime: 15_000,
  });
}

/** The draft as it was saved at `saved`, tried on the last hundred tickets; nothing is changed by it. */
export function trialQuery(tenant: string, saved: string) {
  return queryOptions({
    queryKey: cacheKey(tenant, "trial", saved),
    queryFn: ({ signal }) => ask<Trial>("post", tenantPath(tenant, "routing", "draft", "trial"), { body: {}, signal }),
    placeholderData: keepPreviousData,
    staleTime: 300_000,
    retry: false,
  });
}

/** Why a ticket is where it is, as it was stored with it. */
export function whyQuery(tenant: string, number: number) {
  return queryOptions({
    queryKey: cacheKey(tenant, "why", number),
    queryFn: ({ signal }) => ask<RoutingWhy>("get", tenantPath(tenant, "tickets", number, "routing-why"), { signal }),
    retry: false,
    staleTime: 15_000,
  });
}

/** Where the draft would send a ticket like this one now. */
export function previewQuery(tenant: string, number: number, saved: string) {
  return queryOptions({
    queryKey: cacheKey(tenant, "preview", number, saved),
    queryFn: async ({ signal }) => {
      const ticket = await ask<Ticket>("get", tenantPath(tenant, "tickets", number), { signal });
      const body = {
        type: ticket.type,
        priority: ticket.priority,
        contact: ticket.contact_card?.id,
        channel: ticket.channel,
        subject: ticket.subject,
        tags: ticket.tags,
        fields: Object.fromEntries(ticket.fields.map((field) => [field.key, field.value])),
        drafts: true,
      };
      return ask<RoutingWhy>("post", tenantPath(tenant, "routing-previews"), { body, signal });
    },
    placeholderData: keepPreviousData,
    retry: false,
  });
}

/** Changes of the rules; what comes back is shown at once. */
export function useRouting(tenant: string) {
  const cache = useQueryClient();
  const { queryKey } = routingQuery(tenant);
  const again = () => cache.invalidateQueries({ queryKey: cacheKey(tenant) });
  const keep = (routing: Routing) => cache.setQueryData<Routing>(queryKey, (old) => ({ ...old, ...routing }));
  return {
    /** Saves go one after another, so that the last one stands. */
    save: useMutation({
      mutationFn: ({ spec, upon }: { spec: Rules; upon: Upon }) => saveDraft<Routing>(tenantPath(tenant, "routing", "draft"), spec, upon),
      onSuccess: keep,
      // What somebody else has saved is read, so that it can be looked at.
      onError: (error) => isProblem(error, "changed_meanwhile") && again(),
      scope: { id: `routing ${tenant}` },
    }),
    discard: useMutation({
      mutationFn: () => ask<void>("delete", tenantPath(tenant, "routing", "draft")),
      onSettled: again,
    }),
    publish: useMutation({
      mutationFn: (body: { draft: number; reason?: string }) =>
        ask<Routing>("post", tenantPath(tenant, "routing", "publications"), { body }),
      onSettled: again,
    }),
    restore: useMutation({
      mutationFn: (version: number) =>
        ask<Routing>("post", tenantPath(tenant, "routing", "versions", version, "restoration"), { body: {} }),
      onSettled: again,
    }),
    again,
  };
}
