import { agent, type Row } from "@manydesk/kit/api/agent";
import { take } from "@manydesk/kit/api/client";
import { isProblem } from "@manydesk/kit/api/problem";
import { toast } from "@manydesk/kit/look/toast";
import { useSentence } from "@manydesk/kit/ui/ErrorCard";
import { useWords } from "@manydesk/kit/words/useWords";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import words from "./words.json";

/** Takes the most urgent free ticket of the scope and opens it; two who ask at once get two tickets. */
export function useNext(scope: string): () => void {
  const t = useWords(words);
  const sentence = useSentence();
  const go = useNavigate();
  const { mutate, isPending } = useMutation({
    mutationFn: () => take<Row>(agent.POST("/v1/queue/next", { body: { scope } })),
    onSuccess: (row) => go({ to: "/t/$tenant/tickets/$ref", params: { tenant: row.tenant, ref: row.ref } }),
    onError: (error) => toast(isProblem(error, "not_found") ? { text: t("next.none") } : { text: sentence(error), kind: "bad" }),
  });
  return () => {
    if (!isPending) mutate();
  };
}
