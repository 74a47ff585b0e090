import type { Ticket } from "@manydesk/kit/api/agent";
import { toast } from "@manydesk/kit/look/toast";
import { Button } from "@manydesk/kit/ui/Button";
import { useSentence } from "@manydesk/kit/ui/ErrorCard";
import { useWords } from "@manydesk/kit/words/useWords";
import { MapPinCheck } from "lucide-react";
import { useArrival } from "./mutations.ts";
import words from "./words.json";

/** Says that somebody came to the client's place, now; with a way back. */
export function Arrived({ ticket }: { ticket: Ticket }) {
  const t = useWords(words);
  const sentence = useSentence();
  const { mutateAsync, isPending } = useArrival(ticket);
  if (!ticket.abilities.includes("status") || ticket.status.category === "closed") return null;
  const bad = (error: unknown) => void toast({ text: sentence(error), kind: "bad" });
  const come = () =>
    mutateAsync(true).then(
      () =>
        void toast({
          text: t("arrived.done", { ref: ticket.ref }),
          key: ticket.ref,
          undo: { run: () => void mutateAsync(false).catch(bad) },
        }),
      bad,
    );
  return (
    <Button size="xs" icon={MapPinCheck} busy={isPending} onClick={() => void come()}>
      {t("arrived")}
    </Button>
  );
}
