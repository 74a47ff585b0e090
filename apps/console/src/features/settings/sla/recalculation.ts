import { agent } from "@manydesk/kit/api/agent";
import type { components } from "@manydesk/kit/api/agent.gen";
import { take } from "@manydesk/kit/api/client";
import { queryOptions } from "@tanstack/react-query";
import { create } from "zustand";
import type { Publishable } from "./publishing.ts";

export type Recalculation = components["schemas"]["RecalculationPage"];
export type Job = components["schemas"]["Job"];

const kinds = { calendars: "calendar", "sla-policies": "sla_policy" } as const;

/** What would become of running tickets, were these drafts live together. Nothing is changed by it. */
export function recalculationQuery(tenant: string, drafts: readonly Publishable[]) {
  return queryOptions({
    queryKey: [tenant, "clock", "recalculation", drafts.map(({ kind, key, draft }) => [kind, key, draft])],
    queryFn: ({ signal }) =>
      take<Recalculation>(
        agent.POST("/v1/tenants/{tenant}/sla-recalculations", {
          params: { path: { tenant } },
          body: { preview: true, drafts: drafts.map(({ kind, key }) => ({ kind: kinds[kind], key })) },
          signal,
        }),
      ),
    gcTime: 0,
    retry: false,
  });
}

/** The job that moves running tickets, looked at twice a second until it ends. */
export function jobQuery(tenant: string, id: string) {
  return queryOptions({
    queryKey: [tenant, "job", id],
    queryFn: ({ signal }) => take<Job>(agent.GET("/v1/tenants/{tenant}/jobs/{id}", { params: { path: { tenant, id } }, signal })),
    refetchInterval: ({ state }) => (state.data && hasEnded(state.data) ? false : 500),
    staleTime: 0,
  });
}

export function hasEnded({ state }: Pick<Job, "state">): boolean {
  return state !== "queued" && state !== "running";
}

interface Going {
  /** By tenant, the job that was begun in this window and not yet read to its end. */
  jobs: Record<string, string>;
  begin: (tenant: string, job: string) => void;
  forget: (tenant: string) => void;
}

export const useGoing = create<Going>((set) => ({
  jobs: {},
  begin: (tenant, job) => set(({ jobs }) => ({ jobs: { ...jobs, [tenant]: job } })),
  forget: (tenant) => set(({ jobs }) => ({ jobs: Object.fromEntries(Object.entries(jobs).filter(([of]) => of !== tenant)) })),
}));
