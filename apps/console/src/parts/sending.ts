import { agent, type Entry, type Ticket } from "@manydesk/kit/api/agent";
import { take } from "@manydesk/kit/api/client";
import { isProblem } from "@manydesk/kit/api/problem";
import type { Uploaded } from "@manydesk/kit/api/upload";
import { toast } from "@manydesk/kit/look/toast";
import { useSentence } from "@manydesk/kit/ui/ErrorCard";
import { say } from "@manydesk/kit/words/useWords";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { cacheKeys } from "./cacheKeys.ts";
import { keyOf, putBack, writings } from "./drafts.ts";
import { useSession } from "./useSession.ts";
import words from "./words.json";

type Place = Pick<Ticket, "tenant" | "number">;

/**
 * Takes a reply back while the server still holds it: the letter never leaves, its text and
 * files are in the composer again. After the hold it says that the letter has gone.
 */
export function useUndoSend(ticket: Place) {
  const cache = useQueryClient();
  const sentence = useSentence();
  const { user } = useSession();
  return useMutation({
    mutationFn: (entry: Pick<Entry, "seq">) =>
      take(
        agent.DELETE("/v1/tenants/{tenant}/tickets/{number}/comments/{seq}/hold", {
          params: { path: { tenant: ticket.tenant, number: ticket.number, seq: entry.seq } },
        }),
      ),
    onSuccess: ({ draft }, entry) => {
      const key = keyOf(ticket.tenant, ticket.number, "reply", user.id);
      const files = cache
        .getQueryData<Ticket>(cacheKeys.ticket(ticket.tenant, ticket.number))
        ?.timeline?.items.find((one) => one.seq === entry.seq)
        ?.files?.map((file): Uploaded => ({ id: file.id, name: file.name, mime: file.mime, size: file.size }));
      const uploads = draft.uploads.map((id, index): Uploaded => ({ ...(files?.[index] ?? { name: id, mime: "", size: 0 }), id }));
      const text = typeof draft.text === "string" ? draft.text : draft.text.body;
      const now = writings.peek(key).value?.text ?? "";
      putBack(key, { text: [text, now].filter(Boolean).join("\n\n"), uploads });
      toast({ text: say(words, "undone"), key: "send" });
    },
    onError: (error) =>
      void toast({ text: isProblem(error, "in_use") ? say(words, "tooLate") : sentence(error), kind: "bad", key: "send" }),
    onSettled: () => cache.invalidateQueries({ queryKey: cacheKeys.ticket(ticket.tenant, ticket.number) }),
  });
}
