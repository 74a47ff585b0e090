import { agent, type Entry, type Row, type Ticket } from "@manydesk/kit/api/agent";
import { take } from "@manydesk/kit/api/client";
import { queryOptions } from "@tanstack/react-query";
import { cacheKeys } from "../../parts/cacheKeys.ts";

/** A ticket with the last part of its timeline. Problem `not_found` also for one that is not ours to see. */
export function ticketQuery(tenant: string, number: number) {
  return queryOptions({
    queryKey: cacheKeys.ticket(tenant, number),
    queryFn: ({ signal }) =>
      take<Ticket>(
        agent.GET("/v1/tenants/{tenant}/tickets/{number}", {
          params: { path: { tenant, number }, query: { include: "timeline" } },
          signal,
        }),
      ),
    staleTime: 10_000,
  });
}

/** What came before an entry, oldest first. */
export function earlier(tenant: string, number: number, before: number): Promise<{ items: Entry[]; next: string | null }> {
  const params = { path: { tenant, number }, query: { before, limit: 50 } };
  return take(agent.GET("/v1/tenants/{tenant}/tickets/{number}/timeline", { params }));
}

/** Other tickets of the same contact, of this tenant only. */
export function relatedQuery(ticket: Pick<Ticket, "tenant" | "number" | "contact_card">) {
  const contact = ticket.contact_card;
  return queryOptions({
    queryKey: cacheKeys.related(ticket.tenant, contact?.id ?? ""),
    queryFn: async (): Promise<Row[]> => {
      const { items } = await take(agent.GET("/v1/search", { params: { query: { q: contact?.email ?? contact?.name ?? "" } } }));
      return items.filter((row) => row.tenant === ticket.tenant);
    },
    enabled: contact !== null,
    staleTime: 60_000,
  });
}
