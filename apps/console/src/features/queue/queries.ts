import { agent, type Counts, type Row, type View } from "@manydesk/kit/api/agent";
import { take } from "@manydesk/kit/api/client";
import { asRead } from "@manydesk/kit/api/sla";
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { cacheKeys } from "../../parts/cacheKeys.ts";

export interface QueuePage {
  items: Row[];
  next: string | null;
  counts?: Counts;
}

const pageSize = 100;

/** The worklist of a scope (`all` or a tenant's slug), page by page, in the server's order. */
export function queueQuery(scope: string, view: View, filter: string, where = "") {
  return infiniteQueryOptions({
    queryKey: cacheKeys.queue(scope, view, filter, where),
    queryFn: async ({ pageParam, signal }): Promise<QueuePage> => {
      const page = await take<QueuePage>(
        agent.GET("/v1/queue", {
          params: {
            query: { scope, view, filter: filter || undefined, where: where || undefined, cursor: pageParam ?? undefined, limit: pageSize },
          },
          signal,
        }),
      );
      const now = Date.now();
      return { ...page, items: page.items.map((row) => asRead(row, now)) };
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    staleTime: 15_000,
  });
}

/** How many tickets stand in each view and at each tenant. */
export const countsQuery = queryOptions({
  queryKey: cacheKeys.counts(),
  queryFn: () => take<Counts>(agent.GET("/v1/queue/counts")),
  staleTime: 15_000,
});
