import { agent } from "@manydesk/kit/api/agent";
import { take } from "@manydesk/kit/api/client";
import { useNow } from "@manydesk/kit/clock/useNow";
import { toast } from "@manydesk/kit/look/toast";
import { useSentence } from "@manydesk/kit/ui/ErrorCard";
import { useFormats } from "@manydesk/kit/words/format";
import { useWords } from "@manydesk/kit/words/useWords";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { cacheKeys } from "../../parts/cacheKeys.ts";
import words from "./words.json";

// Whoever keeps the hours may say it of somebody too: it is asked anew each minute.
const availabilityQuery = queryOptions({
  queryKey: cacheKeys.mine("availability"),
  queryFn: ({ signal }) => take(agent.GET("/v1/me/availability", { signal })),
  staleTime: 30_000,
  refetchInterval: 60_000,
});

/** What shows who is there, of whatever tenant. */
const shown = new Set(["load", "shifts", "members"]);

interface Change {
  to: string | null;
  from: string | null;
}

/** Until when the person is away, or null; and the ways to say so, each of which can be taken back. */
export function useAvailability() {
  const t = useWords(words);
  const f = useFormats();
  const sentence = useSentence();
  const cache = useQueryClient();
  const now = useNow(30);
  const { data } = useQuery(availabilityQuery);
  const until = data?.absent_until && Date.parse(data.absent_until) > now.getTime() ? data.absent_until : null;
  // What is told does not hang on the window that asked: it is closed by then.
  const save = useMutation({
    mutationFn: ({ to }: Change) => take(agent.PUT("/v1/me/availability", { body: { absent_until: to } })),
    onSuccess: (answer, { to, from }) => {
      cache.setQueryData(availabilityQuery.queryKey, answer);
      void cache.invalidateQueries({ predicate: ({ queryKey }) => shown.has(String(queryKey[1])) });
      const text = to ? t("away.said", { at: f.recent(to) }) : t("away.back.said");
      toast({ text, key: "away", undo: { run: () => save.mutate({ to: from, from: to }) } });
    },
    onError: (error) => void toast({ text: sentence(error), kind: "bad", key: "away" }),
  });
  return {
    until,
    leave: (to: string) => save.mutate({ to, from: until }),
    comeBack: () => save.mutate({ to: null, from: until }),
  };
}
