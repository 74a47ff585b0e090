import type { Row, Ticket } from "@manydesk/kit/api/agent";
import { type InfiniteData, type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { cacheKeys } from "./cacheKeys.ts";
import { type Change, optimistic, send } from "./changes.ts";

interface Page {
  items: Row[];
  next: string | null;
}

/** Changes a ticket: shown at once everywhere, taken back when the server refuses. */
export function useChange() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ row, change }: { row: Row | Ticket; change: Change }) => send(row, change),
    onMutate: ({ row, change }) => {
      patchEverywhere(cache, row, optimistic(change));
      return { before: { status: row.status, assignee: row.assignee, priority: row.priority, resume_at: row.resume_at } };
    },
    onError: (_error, { row }, context) => {
      if (context) patchEverywhere(cache, row, context.before);
    },
    onSuccess: (ticket) => {
      const { timeline: _timeline, ...rest } = ticket;
      patchEverywhere(cache, ticket, rest);
    },
    onSettled: (_ticket, _error, { row }) => {
      cache.invalidateQueries({ queryKey: cacheKeys.ticket(row.tenant, row.number) });
      cache.invalidateQueries({ queryKey: cacheKeys.queues() });
      cache.invalidateQueries({ queryKey: cacheKeys.counts() });
    },
  });
}

/** Puts new values of one ticket into every list and page that shows it. */
export function patchEverywhere(cache: QueryClient, row: Pick<Row, "tenant" | "number">, change: Partial<Row>): void {
  cache.setQueryData<Ticket>(cacheKeys.ticket(row.tenant, row.number), (ticket) => ticket && { ...ticket, ...change });
  cache.setQueriesData<InfiniteData<Page>>({ queryKey: cacheKeys.queues() }, (data) => {
    if (!data) return data;
    const same = (one: Row) => one.tenant === row.tenant && one.number === row.number;
    if (!data.pages.some((page) => page.items.some(same))) return data;
    return {
      ...data,
      pages: data.pages.map((page) => ({ ...page, items: page.items.map((one) => (same(one) ? { ...one, ...change } : one)) })),
    };
  });
}
