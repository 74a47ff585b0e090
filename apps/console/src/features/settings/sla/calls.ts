import { ifMatch } from "@manydesk/kit/api/client";
import { isProblem, readProblem } from "@manydesk/kit/api/problem";
import type { DeadlinePreview } from "@manydesk/kit/api/sla";
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { ask, tenantPath as path } from "../../../parts/ask.ts";
import { saveDraft } from "../drafting/saveDraft.ts";
import type { Setting } from "../drafting/setting.ts";
import type { Upon } from "../drafting/useDrafted.ts";
import type { Publishable, Running } from "./publishing.ts";
import type { Kind, Specs, Trial } from "./spec.ts";

const cacheKey = (tenant: string, ...rest: unknown[]) => [tenant, "clock", ...rest] as const;

/** All settings of one kind, in the order in which they are tried. */
export function settingsQuery<K extends Kind>(tenant: string, kind: K) {
  return queryOptions({
    queryKey: cacheKey(tenant, kind),
    queryFn: async ({ signal }) => (await ask<{ items: Setting<Specs[K]>[] }>("get", path(tenant, kind), { signal })).items,
    staleTime: 30_000,
  });
}

export interface PreviewInput {
  at?: string;
  type?: string;
  priority?: number;
  contact?: string;
  channel?: string;
}

/** What a ticket would be promised by the drafts as they were saved at `saved`. */
export function previewQuery(tenant: string, input: PreviewInput, saved: string) {
  return queryOptions({
    queryKey: cacheKey(tenant, "preview", input, saved),
    queryFn: ({ signal }) => ask<DeadlinePreview>("post", path(tenant, "deadline-previews"), { body: { ...input, drafts: true }, signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });
}

/** The draft tried on the last hundred tickets; nothing is changed by it. */
export function trialQuery(tenant: string, kind: Kind, key: string, saved: string) {
  return queryOptions({
    queryKey: cacheKey(tenant, kind, key, "trial", saved),
    queryFn: ({ signal }) => ask<Trial>("post", path(tenant, kind, key, "draft", "trial"), { body: {}, signal }),
    placeholderData: keepPreviousData,
    staleTime: 300_000,
    retry: false,
  });
}

export const productionQuery = (tenant: string) =>
  queryOptions({
    queryKey: cacheKey(tenant, "production"),
    queryFn: async ({ signal }) =>
      (await ask<{ items: { country: string; years: number[] }[] }>("get", path(tenant, "production-calendars"), { signal })).items,
    staleTime: 3_600_000,
  });

/** Changes of one kind of settings; what comes back is shown at once in the list. */
export function useSettings<K extends Kind>(tenant: string, kind: K) {
  type S = Setting<Specs[K]>;
  const cache = useQueryClient();
  const list = settingsQuery(tenant, kind).queryKey;
  const keep = (setting: S) =>
    cache.setQueryData<S[]>(list, (all) => {
      if (!all?.some((one) => one.key === setting.key)) return [...(all ?? []), setting];
      return all.map((one) => (one.key === setting.key ? setting : one));
    });
  const again = () => cache.invalidateQueries({ queryKey: cacheKey(tenant) });
  const change = <I>(mutationFn: (input: I) => Promise<S>) => ({ mutationFn, onSuccess: keep });
  return {
    /** Saves go one after another, so that the last one stands, and only where nobody else has saved since `upon`. */
    save: useMutation({
      ...change(({ key, spec, upon }: { key: string; spec: Specs[K]; upon: Upon }) =>
        saveDraft<S>(path(tenant, kind, key, "draft"), spec, upon),
      ),
      onError: (error) => {
        if (isProblem(error, "changed_meanwhile")) void again();
      },
      scope: { id: `clock ${tenant} ${kind}` },
    }),
    rotate: useMutation(change((key: string) => ask<S>("post", path(tenant, kind, key, "secrets")))),
    create: useMutation(
      change(({ spec, key }: { spec: Specs[K]; key?: string }) => ask<S>("post", path(tenant, kind), { body: { key, spec } })),
    ),
    discard: useMutation({ mutationFn: (key: string) => ask<void>("delete", path(tenant, kind, key, "draft")), onSettled: again }),
    remove: useMutation({
      mutationFn: ({ key, version }: S) => ask<void>("delete", path(tenant, kind, key), { headers: ifMatch(version) }),
      onSettled: again,
    }),
    publish: useMutation({
      mutationFn: (setting: S) =>
        ask<S>("post", path(tenant, kind, setting.key, "publications"), { body: { draft: setting.draft?.version, running: "keep" } }),
      onSettled: again,
    }),
    restore: useMutation({
      mutationFn: ({ key, version }: { key: string; version: number }) =>
        ask<S>("post", path(tenant, kind, key, "versions", String(version), "restoration"), { body: {} }),
      onSettled: again,
    }),
    approve: useMutation({
      mutationFn: (setting: S) => ask<S>("put", path(tenant, kind, setting.key, "approval"), { body: { draft: setting.draft?.version } }),
      onSettled: again,
    }),
    order: useMutation({
      mutationFn: (keys: string[]) => ask<void>("put", path(tenant, kind, "order"), { body: { keys } }),
      onMutate: (keys) => {
        const before = cache.getQueryData<S[]>(list);
        cache.setQueryData<S[]>(list, (all) => all && keys.flatMap((key) => all.find((one) => one.key === key) ?? []));
        return { before };
      },
      onError: (_error, _keys, context) => cache.setQueryData(list, context?.before),
      onSettled: again,
    }),
  };
}

/** Publishes a draft of whatever kind; with `recalculate` the answer names the job that moves running tickets. */
export function usePublish(tenant: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ kind, key, draft, running, reason }: Publishable & { running: Running; reason: string }) =>
      ask<Setting<Specs[typeof kind]>>("post", path(tenant, kind, key, "publications"), {
        body: { draft, running, reason: reason || undefined },
      }),
    onSettled: () => cache.invalidateQueries({ queryKey: cacheKey(tenant) }),
  });
}

/** Holidays from a file, or from the production calendar, into the calendar's draft. */
export function useSpecialDays(tenant: string) {
  const cache = useQueryClient();
  const onSettled = () => cache.invalidateQueries({ queryKey: cacheKey(tenant) });
  return {
    production: useMutation({
      mutationFn: ({ key, country, years }: { key: string; country: string; years: number[] }) =>
        ask("post", path(tenant, "calendars", key, "special-days"), { body: { country, years } }),
      onSettled,
    }),
    file: useMutation({
      mutationFn: async ({ key, file }: { key: string; file: File }) => {
        const answer = await fetch(path(tenant, "calendars", key, "ical"), {
          method: "PUT",
          headers: { "Content-Type": "text/calendar" },
          body: file,
          signal: AbortSignal.timeout(60_000),
        });
        if (!answer.ok) throw await readProblem(answer);
        return (await answer.json()) as { problems?: unknown[] };
      },
      onSettled,
    }),
  };
}

/** The address of a calendar's holidays as a file. */
export function icalPath(tenant: string, key: string): string {
  return path(tenant, "calendars", key, "ical");
}
