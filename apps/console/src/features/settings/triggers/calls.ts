import { infiniteQueryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { ask, tenantPath } from "../../../parts/ask.ts";
import type { Setting } from "../drafting/setting.ts";
import { settingsKey, settingsQuery, useSettings } from "../drafting/useSettings.ts";
import type { Delivery, Run, TriggerSpec } from "./spec.ts";

export type Trigger = Setting<TriggerSpec>;
interface Page<T> {
  items: T[];
  next: string | null;
}

const cacheKey = (tenant: string, ...rest: unknown[]) => settingsKey(tenant, "triggers", ...rest);
const paged = (path: string, cursor: string | null) => (cursor ? `${path}?cursor=${encodeURIComponent(cursor)}` : path);

/** All triggers of a tenant, in the order in which they are asked. */
export const triggersQuery = (tenant: string) => settingsQuery<TriggerSpec>(tenant, "triggers");

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

export const useTriggers = (tenant: string) => useSettings<TriggerSpec>(tenant, "triggers");

/** Makes a call again that was given up. Problem `in_use` when it is on its way already. */
export function useRetryDelivery(tenant: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => ask<Delivery>("post", tenantPath(tenant, "webhook-deliveries", id, "retry"), { body: {} }),
    onSettled: () => cache.invalidateQueries({ queryKey: deliveriesQuery(tenant).queryKey }),
  });
}
