import type { Ticket } from "@manydesk/kit/api/agent";
import { toast } from "@manydesk/kit/look/toast";
import { useSentence } from "@manydesk/kit/ui/ErrorCard";
import { useWords } from "@manydesk/kit/words/useWords";
import { useArrival } from "./mutations.ts";
import words from "./words.json";

/** Says of an arrival and offers the way back to what was said before; `met` is what stands. */
export function useArrived(ticket: Ticket, met: string | null) {
  const t = useWords(words);
  const sentence = useSentence();
  const { mutateAsync, isPending } = useArrival(ticket);
  const bad = (error: unknown): void => {
    toast({ text: sentence(error), kind: "bad" });
  };
  const back = met === null ? null : { at: met };
  return {
    busy: isPending,
    /** Null takes the arrival back. `refused` gets what the server has against it; a toast says it otherwise. */
    say: (came: { at?: string } | null, refused = bad): Promise<boolean> =>
      mutateAsync(came).then(
        () => {
          const said = came === null ? "arrived.withdrawn" : met === null ? "arrived.done" : "arrived.corrected";
          const undo = { run: () => void mutateAsync(back).catch(bad) };
          toast({ text: t(said, { ref: ticket.ref }), key: ticket.ref, undo });
          return true;
        },
        (error: unknown) => {
          refused(error);
          return false;
        },
      ),
  };
}
