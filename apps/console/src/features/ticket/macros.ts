import type { Ticket } from "@manydesk/kit/api/agent";
import { once } from "@manydesk/kit/api/client";
import { isProblem } from "@manydesk/kit/api/problem";
import type { AppliedMacro, OfferedMacro } from "@manydesk/kit/api/route";
import { asRead } from "@manydesk/kit/api/sla";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { ask, tenantPath } from "../../parts/ask.ts";
import { cacheKeys } from "../../parts/cacheKeys.ts";
import { keyOf, type Writing, writings } from "../../parts/drafts.ts";
import { patchEverywhere } from "../../parts/useChange.ts";

type Place = Pick<Ticket, "tenant" | "number">;

/** The macros that may be applied to a ticket as it is now. */
export function offeredQuery({ tenant, number }: Place) {
  return queryOptions({
    queryKey: [...cacheKeys.ticket(tenant, number), "macros"],
    queryFn: async ({ signal }) =>
      (await ask<{ items: OfferedMacro[] }>("get", tenantPath(tenant, "tickets", number, "macros"), { signal })).items,
  });
}

/**
 * Does what a macro says, wholly or not at all. Problem `macro_stopped` names the action that
 * cannot be done, `changed_meanwhile` a macro that has become another one.
 */
export function useApply(ticket: Ticket) {
  const cache = useQueryClient();
  const { tenant, number } = ticket;
  const offered = offeredQuery(ticket).queryKey;
  return useMutation({
    mutationFn: ({ macro, key }: { macro: OfferedMacro; key: string }) =>
      ask<AppliedMacro>("post", tenantPath(tenant, "tickets", number, "application"), {
        body: { macro: macro.key, version: macro.version },
        headers: once(key),
      }),
    onSuccess: ({ ticket: { timeline: _timeline, ...rest } }) => patchEverywhere(cache, ticket, asRead(rest, Date.now())),
    onError: (error) => isProblem(error, "changed_meanwhile") && cache.invalidateQueries({ queryKey: offered }),
    onSettled: () => {
      cache.invalidateQueries({ queryKey: cacheKeys.queues() });
      cache.invalidateQueries({ queryKey: cacheKeys.counts() });
      return cache.invalidateQueries({ queryKey: cacheKeys.ticket(tenant, number) });
    },
  });
}

/** Puts a prepared reply into the draft: after what is written there, never over it. */
export async function prepare({ tenant, number }: Place, user: string, reply: string): Promise<void> {
  const key = keyOf(tenant, number, "reply", user);
  await writings.load(key);
  const { value } = writings.peek(key);
  writings.edit(key, appended(value, reply));
}

/** What is written with something after it, as a text of its own to be sent. */
export function appended(writing: Writing | undefined, text: string): Writing {
  const before = writing?.text.trimEnd() ?? "";
  return { text: before ? `${before}\n\n${text}` : text, uploads: writing?.uploads ?? [] };
}
