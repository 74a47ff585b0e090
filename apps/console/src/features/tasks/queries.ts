import type { TicketStages, TicketTask } from "@manydesk/kit/api/agent";
import { agent, type Ticket } from "@manydesk/kit/api/agent";
import { take } from "@manydesk/kit/api/client";
import { queryOptions } from "@tanstack/react-query";
import { cacheKeys } from "../../parts/cacheKeys.ts";

export type Place = Pick<Ticket, "tenant" | "number">;

/** What is to be done in a ticket; read anew with the ticket. */
export function tasksQuery({ tenant, number }: Place) {
  return queryOptions({
    queryKey: cacheKeys.tasks(tenant, number),
    queryFn: ({ signal }) =>
      take<{ items: TicketTask[] }>(
        agent.GET("/v1/tenants/{tenant}/tickets/{number}/tasks", { params: { path: { tenant, number } }, signal }),
      ),
    staleTime: 10_000,
    retry: false,
  });
}

/** How far the process of a ticket is, and which could be started. */
export function stagesQuery({ tenant, number }: Place) {
  return queryOptions({
    queryKey: cacheKeys.stages(tenant, number),
    queryFn: ({ signal }) =>
      take<TicketStages>(agent.GET("/v1/tenants/{tenant}/tickets/{number}/stages", { params: { path: { tenant, number } }, signal })),
    staleTime: 10_000,
    retry: false,
  });
}
