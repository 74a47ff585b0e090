import { agent, type Entry, type Ticket } from "@manydesk/kit/api/agent";
import { once, take } from "@manydesk/kit/api/client";
import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { cacheKeys } from "../../parts/cacheKeys.ts";

type Place = Pick<Ticket, "tenant" | "number">;

export interface Reply {
  text: string;
  uploads: string[];
  seen: number;
  anyway?: boolean;
  status?: { to: string; until?: string; comment?: string; fields?: Record<string, unknown> };
  cc?: string[];
  /** Names this send: tried twice, it is sent once. */
  key: string;
}

/**
 * Sends a reply to the client in the tenant's name; the server holds it for some seconds.
 * Problem `arrived_meanwhile` brings what came after `seen`; nothing is sent then.
 */
export function useSendReply(place: Place) {
  const cache = useQueryClient();
  const { tenant, number } = place;
  return useMutation({
    mutationFn: ({ key, text, ...rest }: Reply) =>
      take<Entry>(
        agent.POST("/v1/tenants/{tenant}/tickets/{number}/comments", {
          params: { path: { tenant, number } },
          headers: once(key),
          body: { ...rest, text: { format: "plain", body: text } },
        }),
      ),
    onSuccess: (entry) => addEntry(cache, place, entry),
    onSettled: () => refresh(cache, place),
  });
}

/** Keeps a note that the client never sees. */
export function useAddNote(place: Place) {
  const cache = useQueryClient();
  const { tenant, number } = place;
  return useMutation({
    mutationFn: ({ key, text, uploads }: Pick<Reply, "key" | "text" | "uploads">) =>
      take<Entry>(
        agent.POST("/v1/tenants/{tenant}/tickets/{number}/notes", {
          params: { path: { tenant, number } },
          headers: once(key),
          body: { text: { format: "plain", body: text }, uploads },
        }),
      ),
    onSuccess: (entry) => addEntry(cache, place, entry),
    onSettled: () => refresh(cache, place),
  });
}

/** Holds the answer for 90 s, so that others see that someone is writing it. */
export async function claim({ tenant, number }: Place): Promise<void> {
  await take(agent.PUT("/v1/tenants/{tenant}/tickets/{number}/claim", { params: { path: { tenant, number } } }));
}

export async function release({ tenant, number }: Place): Promise<void> {
  await take(agent.DELETE("/v1/tenants/{tenant}/tickets/{number}/claim", { params: { path: { tenant, number } } }));
}

export async function tellPresence({ tenant, number }: Place, state: "viewing" | "typing"): Promise<void> {
  await take(agent.PUT("/v1/tenants/{tenant}/tickets/{number}/presence", { params: { path: { tenant, number } }, body: { state } }));
}

function addEntry(cache: QueryClient, { tenant, number }: Place, entry: Entry): void {
  cache.setQueryData<Ticket>(cacheKeys.ticket(tenant, number), (ticket) => {
    if (!ticket?.timeline) return ticket;
    const items = [...ticket.timeline.items.filter((one) => one.seq !== entry.seq), entry];
    return { ...ticket, timeline: { ...ticket.timeline, items } };
  });
}

function refresh(cache: QueryClient, { tenant, number }: Place): void {
  cache.invalidateQueries({ queryKey: cacheKeys.ticket(tenant, number), exact: true });
  cache.invalidateQueries({ queryKey: cacheKeys.queues() });
  cache.invalidateQueries({ queryKey: cacheKeys.counts() });
}
