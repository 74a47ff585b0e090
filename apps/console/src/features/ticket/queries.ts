import { agent, type Entry, type Row, type Ticket } from "@manydesk/kit/api/agent";
import { take } from "@manydesk/kit/api/client";
import type { RoutingWhy } from "@manydesk/kit/api/route";
import { asRead, type SlaWhy } from "@manydesk/kit/api/sla";
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { ask, tenantPath } from "../../parts/ask.ts";
import { cacheKeys } from "../../parts/cacheKeys.ts";

/** A ticket with the last part of its timeline. Problem `not_found` also for one that is not ours to see. */
export function ticketQuery(tenant: string, number: number) {
  return queryOptions({
    queryKey: cacheKeys.ticket(tenant, number),
    queryFn: async ({ signal }) => {
      const ticket = await take<Ticket>(
        agent.GET("/v1/tenants/{tenant}/tickets/{number}", {
          params: { path: { tenant, number }, query: { include: "timeline" } },
          signal,
        }),
      );
      return asRead(ticket, Date.now());
    },
    staleTime: 10_000,
  });
}

/** Why its deadlines are what they are; read anew with the ticket. */
export function whyQuery({ tenant, number }: Pick<Ticket, "tenant" | "number">) {
  return queryOptions({
    queryKey: cacheKeys.why(tenant, number),
    queryFn: async ({ signal }) => {
      const params = { path: { tenant, number } };
      return asRead(await take<SlaWhy>(agent.GET("/v1/tenants/{tenant}/tickets/{number}/sla-why", { params, signal })), Date.now());
    },
    staleTime: 10_000,
  });
}

/** Why it is where it is: rules, candidates, changes by hand. */
export function routeWhyQuery({ tenant, number }: Pick<Ticket, "tenant" | "number">) {
  return queryOptions({
    queryKey: cacheKeys.routeWhy(tenant, number),
    queryFn: ({ signal }) => ask<RoutingWhy>("get", tenantPath(tenant, "tickets", number, "routing-why"), { signal }),
    staleTime: 10_000,
    retry: false,
  });
}

/** Calendars that an exception may name; refused to those who may not read settings, who then choose none. */
export function calendarsQuery(tenant: string) {
  return queryOptions({
    queryKey: [...cacheKeys.tenant(tenant), "calendars"],
    queryFn: async ({ signal }) => {
      const { items } = await take(agent.GET("/v1/tenants/{tenant}/calendars", { params: { path: { tenant } }, signal }));
      return items.filter((one) => one.version > 0);
    },
    staleTime: 60_000,
    retry: false,
  });
}

/** What came before the part that a ticket brings, page by page, oldest first in each. Asked for by hand. */
export function earlierQuery(ticket: Pick<Ticket, "tenant" | "number" | "timeline">) {
  const { tenant, number } = ticket;
  return infiniteQueryOptions({
    queryKey: [...cacheKeys.ticket(tenant, number), "earlier"],
    queryFn: ({ pageParam }): Promise<{ items: Entry[]; next: string | null }> =>
      take(
        agent.GET("/v1/tenants/{tenant}/tickets/{number}/timeline", {
          params: { path: { tenant, number }, query: { before: pageParam, limit: 50 } },
        }),
      ),
    initialPageParam: ticket.timeline?.items[0]?.seq ?? 1,
    getNextPageParam: (page) => (page.next === null ? undefined : page.items[0]?.seq),
    enabled: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
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
