import { ifMatch } from "@manydesk/kit/api/client";
import { isProblem } from "@manydesk/kit/api/problem";
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { ask, tenantPath } from "../../../parts/ask.ts";
import { saveDraft } from "../drafting/saveDraft.ts";
import type { Setting } from "../drafting/setting.ts";
import type { Upon } from "../drafting/useDrafted.ts";
import type { Delivery, Run, TriggerSpec } from "./spec.ts";

export type Trigger = Setting<TriggerSpec>;
interface Page<T> {
  items: T[];
  next: string | null;
}

const cacheKey = (tenant: string, ...rest: unknown[]) => [tenant, "triggers", ...rest] as const;
const paged = (path: string, cursor: string | null) => (cursor ? `${path}?cursor=${encodeURIComponent(cursor)}` : path);

/** All triggers of a tenant, in the order in which they are asked. */
export function triggersQuery(tenant: string) {
  return queryOptions({
    queryKey: cacheKey(tenant, "list"),
    queryFn: async ({ signal }) => (await ask<{ items: Trigger[] }>("get", tenantPath(tenant, "triggers"), { signal })).items,
    staleTime: 15_000,
  });
}

/** What a trigger did, and why it did nothing; newest first. */
export function runsQuery(tenant: string, key: string) {
  return infiniteQueryOptions({
    queryKey: cacheKey(tenant, "runs", key),
    queryFn: ({ pageParam, signal }) => ask<Page<Run>>("get", paged(tenantPath(tenant, "triggers", key, "runs"), pageParam), { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: 15_000,
  });
}

/** Calls of the tenant's systems, newest first. */
export function deliveriesQuery(tenant: string) {
  return infiniteQueryOptions({
    queryKey: cacheKey(tenant, "deliveries"),
    queryFn: ({ pageParam, signal }) => ask<Page<Delivery>>("get", paged(tenantPath(tenant, "webhook-deliveries"), pageParam), { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: 10_000,
  });
}

export function useTriggers(tenant: string) {
  const cache = useQueryClient();
  const list = triggersQuery(tenant).queryKey;
  const again = () => cache.invalidateQueries({ queryKey: cacheKey(tenant) });
  const keep = (trigger: Trigger) =>
    cache.setQueryData<Trigger[]>(list, (all) => {
      if (!all?.some((one) => one.key === trigger.key)) return [...(all ?? []), trigger];
      return all.map((one) => (one.key === trigger.key ? { ...one, ...trigger } : one));
    });
  return {
    save: useMutation({
      mutationFn: ({ key, spec, upon }: { key: string; spec: TriggerSpec; upon: Upon }) =>
        saveDraft<Trigger>(tenantPath(tenant, "triggers", key, "draft"), spec, upon),
      onSuccess: keep,
      // Someone else's draft is read; saving once more then is a decision.
      onError: (error) => isProblem(error, "changed_meanwhile") && again(),
      scope: { id: `triggers ${tenant}` },
    }),
    create: useMutation({
      mutationFn: (spec: TriggerSpec) => ask<Trigger>("post", tenantPath(tenant, "triggers"), { body: { spec } }),
      onSuccess: keep,
    }),
    publish: useMutation({
      mutationFn: ({ key, draft, reason }: { key: string; draft: number; reason?: string }) =>
        ask<Trigger>("post", tenantPath(tenant, "triggers", key, "publications"), { body: { draft, ...(reason && { reason }) } }),
      onSettled: again,
    }),
    discard: useMutation({
      mutationFn: (key: string) => ask<void>("delete", tenantPath(tenant, "triggers", key, "draft")),
      onSettled: again,
    }),
    restore: useMutation({
      mutationFn: ({ key, version }: { key: string; version: number }) =>
        ask<Trigger>("post", tenantPath(tenant, "triggers", key, "versions", version, "restoration"), { body: {} }),
      onSettled: again,
    }),
    remove: useMutation({
      mutationFn: ({ key, version }: Pick<Trigger, "key" | "version">) =>
        ask<void>("delete", tenantPath(tenant, "triggers", key), { headers: ifMatch(version) }),
      onSettled: again,
    }),
    order: useMutation({
      mutationFn: (keys: string[]) => ask<void>("put", tenantPath(tenant, "triggers", "order"), { body: { keys } }),
      onMutate: (keys) => {
        const before = cache.getQueryData<Trigger[]>(list);
        cache.setQueryData<Trigger[]>(list, (all) => all && keys.flatMap((key) => all.find((one) => one.key === key) ?? []));
        return { before };
      },
      onError: (_error, _keys, context) => cache.setQueryData(list, context?.before),
      onSettled: again,
    }),
  };
}

/** Makes a call again that was given up. Problem `in_use` when it is on its way already. */
export function useRetryDelivery(tenant: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => ask<Delivery>("post", tenantPath(tenant, "webhook-deliveries", id, "retry"), { body: {} }),
    onSettled: () => cache.invalidateQueries({ queryKey: deliveriesQuery(tenant).queryKey }),
  });
}
