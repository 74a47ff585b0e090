import { ifMatch } from "@manydesk/kit/api/client";
import { isProblem } from "@manydesk/kit/api/problem";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { ask, tenantPath } from "../../../parts/ask.ts";
import { saveDraft } from "./saveDraft.ts";
import type { Setting } from "./setting.ts";
import type { Upon } from "./useDrafted.ts";

/** What a tenant has several of, each published in versions, by its place in the address. */
export type Noun = "triggers" | "macros" | "processes" | "ticket-types" | "fields";

/** Where answers about settings of a kind are kept. */
export const settingsKey = (tenant: string, noun: Noun, ...rest: unknown[]) => [tenant, noun, ...rest] as const;

/** All settings of a kind, in their order. */
export function settingsQuery<S>(tenant: string, noun: Noun) {
  return queryOptions({
    queryKey: settingsKey(tenant, noun, "list"),
    queryFn: async ({ signal }) => (await ask<{ items: Setting<S>[] }>("get", tenantPath(tenant, noun), { signal })).items,
    staleTime: 15_000,
  });
}

export type SettingCalls<S> = ReturnType<typeof useSettings<S>>;

/** What can be done with settings of a kind: drafted, published, taken back, put in order. */
export function useSettings<S>(tenant: string, noun: Noun) {
  const cache = useQueryClient();
  const { queryKey } = settingsQuery<S>(tenant, noun);
  const again = () => cache.invalidateQueries({ queryKey: settingsKey(tenant, noun) });
  const keep = (setting: Setting<S>) =>
    cache.setQueryData<Setting<S>[]>(queryKey, (all) => {
      if (!all?.some((one) => one.key === setting.key)) return [...(all ?? []), setting];
      return all.map((one) => (one.key === setting.key ? { ...one, ...setting } : one));
    });
  return {
    save: useMutation({
      mutationFn: ({ key, spec, upon }: { key: string; spec: S; upon: Upon }) =>
        saveDraft<Setting<S>>(tenantPath(tenant, noun, key, "draft"), spec, upon),
      onSuccess: keep,
      // Someone else's draft is read; saving once more then is a decision.
      onError: (error) => isProblem(error, "changed_meanwhile") && again(),
      scope: { id: `${noun} ${tenant}` },
    }),
    create: useMutation({
      mutationFn: (spec: S) => ask<Setting<S>>("post", tenantPath(tenant, noun), { body: { spec } }),
      onSuccess: keep,
    }),
    publish: useMutation({
      mutationFn: ({ key, draft, reason }: { key: string; draft: number; reason?: string }) =>
        ask<Setting<S>>("post", tenantPath(tenant, noun, key, "publications"), { body: { draft, ...(reason && { reason }) } }),
      onSettled: again,
    }),
    discard: useMutation({
      mutationFn: (key: string) => ask<void>("delete", tenantPath(tenant, noun, key, "draft")),
      onSettled: again,
    }),
    restore: useMutation({
      mutationFn: ({ key, version }: { key: string; version: number }) =>
        ask<Setting<S>>("post", tenantPath(tenant, noun, key, "versions", version, "restoration"), { body: {} }),
      onSettled: again,
    }),
    remove: useMutation({
      mutationFn: ({ key, version }: Pick<Setting<S>, "key" | "version">) =>
        ask<void>("delete", tenantPath(tenant, noun, key), { headers: ifMatch(version) }),
      onSettled: again,
    }),
    order: useMutation({
      mutationFn: (keys: string[]) => ask<void>("put", tenantPath(tenant, noun, "order"), { body: { keys } }),
      onMutate: (keys) => {
        const before = cache.getQueryData<Setting<S>[]>(queryKey);
        cache.setQueryData<Setting<S>[]>(queryKey, (all) => all && keys.flatMap((key) => all.find((one) => one.key === key) ?? []));
        return { before };
      },
      onError: (_error, _keys, context) => cache.setQueryData(queryKey, context?.before),
      onSettled: again,
    }),
  };
}
