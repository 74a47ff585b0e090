import { agent } from "@manydesk/kit/api/agent";
import { once, take } from "@manydesk/kit/api/client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { cacheKeys } from "../../parts/cacheKeys.ts";
import { contactOf, type OpeningDraft, stranger } from "./draft.ts";

/** Files a ticket in a tenant. Problem `validation_failed` names the fields. */
export function useOpen(tenant: string, key: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ draft, uploads }: { draft: OpeningDraft; uploads: string[] }) =>
      take(
        agent.POST("/v1/tenants/{tenant}/tickets", {
          params: { path: { tenant } },
          headers: once(key),
          body: {
            subject: draft.subject.trim(),
            text: { format: "plain", body: draft.text },
            type: draft.type || undefined,
            priority: draft.priority,
            contact: contactOf(draft.requester ?? stranger),
            fields: draft.fields,
            uploads,
            channel: draft.channel,
          },
        }),
      ),
    onSuccess: () => {
      cache.invalidateQueries({ queryKey: cacheKeys.queues() });
      cache.invalidateQueries({ queryKey: cacheKeys.counts() });
    },
  });
}
