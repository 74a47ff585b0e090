import { agent, type Row } from "@manydesk/kit/api/agent";
import { take } from "@manydesk/kit/api/client";
import type { Distribution, Rebalance } from "@manydesk/kit/api/route";
import { asRead } from "@manydesk/kit/api/sla";
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { ask, tenantPath } from "../../parts/ask.ts";
import { cacheKeys } from "../../parts/cacheKeys.ts";

export type Suggestion = Distribution["items"][number];

const pageSize = 100;

/** Tickets of a tenant, or of one of its groups, that nobody has, in the server's order by risk. */
export function unassignedQuery(tenant: string, group: string) {
  return infiniteQueryOptions({
    queryKey: [...cacheKeys.queues(), "distribution", tenant, group] as const,
    queryFn: async ({ pageParam, signal }): Promise<{ items: Row[]; next: string | null }> => {
      const page = await take(
        agent.GET("/v1/queue", {
          params: {
            query: {
              scope: tenant,
              view: "unassigned",
              filter: group ? `group:${group}` : undefined,
              cursor: pageParam ?? undefined,
              limit: pageSize,
            },
          },
          signal,
        }),
      );
      const now = Date.now();
      return { next: page.next, items: page.items.map((row) => asRead(row, now)) };
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    staleTime: 10_000,
  });
}

/** To whom the tickets of somebody would go by the rules; nothing is changed by asking. */
export function handoverQuery(tenant: string, person: string) {
  return queryOptions({
    queryKey: [tenant, "rebalance", person] as const,
    queryFn: ({ signal }) => ask<Rebalance>("post", tenantPath(tenant, "rebalances"), { body: { preview: true, person }, signal }),
    gcTime: 0,
    retry: false,
  });
}

export function useDistribution(tenant: string) {
  const cache = useQueryClient();
  const again = () =>
    Promise.all([
      cache.invalidateQueries({ queryKey: cacheKeys.queues() }),
      cache.invalidateQueries({ queryKey: cacheKeys.counts() }),
      cache.invalidateQueries({ queryKey: cacheKeys.load(tenant) }),
    ]);
  return {
    suggest: useMutation({
      mutationFn: async (tickets: string[]) =>
        (await ask<Distribution>("post", tenantPath(tenant, "distributions"), { body: { preview: true, tickets } })).items,
    }),
    give: useMutation({
      mutationFn: ({ items, reason }: { items: { ref: string; person: string | null }[]; reason?: string }) =>
        ask<Distribution>("post", tenantPath(tenant, "distributions"), { body: { items, ...(reason && { reason }) } }),
      onSettled: again,
    }),
    handOver: useMutation({
      mutationFn: (person: string) => ask<Rebalance>("post", tenantPath(tenant, "rebalances"), { body: { person } }),
      onSettled: again,
    }),
  };
}
