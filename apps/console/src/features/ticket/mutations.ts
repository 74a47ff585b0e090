import { agent, type MailMessage, type Ticket } from "@manydesk/kit/api/agent";
import { ifMatch, take } from "@manydesk/kit/api/client";
import { asRead } from "@manydesk/kit/api/sla";
import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { ask, tenantPath } from "../../parts/ask.ts";
import { cacheKeys } from "../../parts/cacheKeys.ts";
import { patchEverywhere } from "../../parts/useChange.ts";
import type { Effect } from "./exception.ts";

type Place = Pick<Ticket, "tenant" | "number">;
const pathOf = ({ tenant, number }: Place) => ({ path: { tenant, number } });

/** Remembers how far the person has read. Fails silently: it is tried again with the next entry. */
export function useReading(ticket: Place) {
  return useMutation({
    mutationFn: (seq: number) =>
      take<void>(agent.PUT("/v1/tenants/{tenant}/tickets/{number}/reading", { params: pathOf(ticket), body: { seq } })),
  });
}

interface Edited {
  subject?: string;
  fields?: Record<string, unknown>;
  tags?: string[];
  /** The ticket as the change before this one left it. */
  version?: number;
}

/** Changes subject, fields or tags. Conflict `changed_meanwhile` when someone else changed the ticket. */
export function useEdit(ticket: Ticket) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ version = ticket.version, ...body }: Edited) =>
      take<Ticket>(agent.PATCH("/v1/tenants/{tenant}/tickets/{number}", { params: pathOf(ticket), headers: ifMatch(version), body })),
    onSettled: () => refresh(cache, ticket),
  });
}

/** Makes it a ticket of another type, with the answers that its form asks for. */
export function useSetType(ticket: Ticket) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: { type: string; fields: Record<string, unknown> }) =>
      take<Ticket>(
        agent.PUT("/v1/tenants/{tenant}/tickets/{number}/type", {
          params: pathOf(ticket),
          headers: ifMatch(ticket.version),
          body,
        }),
      ),
    onSettled: () => refresh(cache, ticket),
  });
}

export function useFollow(ticket: Ticket) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (follow: boolean) => {
      const params = pathOf(ticket);
      return take<void>(
        follow
          ? agent.PUT("/v1/tenants/{tenant}/tickets/{number}/followers/me", { params })
          : agent.DELETE("/v1/tenants/{tenant}/tickets/{number}/followers/me", { params }),
      );
    },
    onSettled: () => refresh(cache, ticket),
  });
}

/** Another promise for this ticket alone; an empty effect takes it back. Problem `validation_failed` names the fields. */
export function useException(ticket: Ticket) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: { effect: Effect; reason: string }) =>
      take<Ticket>(agent.POST("/v1/tenants/{tenant}/tickets/{number}/sla-exceptions", { params: pathOf(ticket), body })),
    onSuccess: ({ timeline: _timeline, ...rest }) => patchEverywhere(cache, ticket, asRead(rest, Date.now())),
    onSettled: () => {
      cache.invalidateQueries({ queryKey: cacheKeys.queues() });
      cache.invalidateQueries({ queryKey: cacheKeys.counts() });
      return refresh(cache, ticket);
    },
  });
}

/** Sends the ticket through the rules once more. */
export function useReroute(ticket: Ticket) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) =>
      ask<Ticket>("post", tenantPath(ticket.tenant, "tickets", ticket.number, "routing"), { body: reason ? { reason } : {} }),
    onSuccess: ({ timeline: _timeline, ...rest }) => patchEverywhere(cache, ticket, asRead(rest, Date.now())),
    onSettled: () => {
      cache.invalidateQueries({ queryKey: cacheKeys.queues() });
      cache.invalidateQueries({ queryKey: cacheKeys.counts() });
      return refresh(cache, ticket);
    },
  });
}

/** Says that somebody came to the client's place, now or at a time, or with null takes that back. */
export function useArrival(ticket: Ticket) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (came: { at?: string } | null) => {
      const params = pathOf(ticket);
      return take<Ticket>(
        came
          ? agent.PUT("/v1/tenants/{tenant}/tickets/{number}/arrival", { params, body: came })
          : agent.DELETE("/v1/tenants/{tenant}/tickets/{number}/arrival", { params }),
      );
    },
    onSuccess: ({ timeline: _timeline, ...rest }) => patchEverywhere(cache, ticket, asRead(rest, Date.now())),
    onSettled: () => {
      cache.invalidateQueries({ queryKey: cacheKeys.queues() });
      return refresh(cache, ticket);
    },
  });
}

/** Sends a letter of this ticket again that did not arrive. Problem `in_use` when it is on its way already. */
export function useRetry(ticket: Place) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      take<MailMessage>(agent.POST("/v1/tenants/{tenant}/messages/{id}/retry", { params: { path: { tenant: ticket.tenant, id } } })),
    onSettled: () => refresh(cache, ticket),
  });
}

function refresh(cache: QueryClient, { tenant, number }: Place): Promise<void> {
  return cache.invalidateQueries({ queryKey: cacheKeys.ticket(tenant, number) });
}
