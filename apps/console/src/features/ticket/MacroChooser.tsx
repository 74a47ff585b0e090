import type { Ticket } from "@manydesk/kit/api/agent";
import { newKey } from "@manydesk/kit/api/key";
import type { OfferedMacro } from "@manydesk/kit/api/route";
import { toast } from "@manydesk/kit/look/toast";
import { Banner } from "@manydesk/kit/ui/Banner";
import { Dialog } from "@manydesk/kit/ui/Dialog";
import { EmptyState } from "@manydesk/kit/ui/EmptyState";
import { useSentence } from "@manydesk/kit/ui/ErrorCard";
import { Skeleton } from "@manydesk/kit/ui/Skeleton";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { WandSparkles } from "lucide-react";
import { useRef } from "react";
import { Chooser } from "../../parts/Chooser.tsx";
import { Refusal } from "../../parts/Refusal.tsx";
import { useSession } from "../../parts/useSession.ts";
import { offeredQuery, prepare, useApply } from "./macros.ts";
import words from "./words.json";

interface Props {
  ticket: Ticket;
  /** The key of the macro where the cursor stands at first. */
  chosen?: string;
  /** A reply waits to be looked at and sent. */
  onReply: () => void;
  onClose: () => void;
}

/** `;`: a macro is found by its name, what it does stands under it, Enter applies it. */
export function MacroChooser({ ticket, chosen, onReply, onClose }: Props) {
  const t = useWords(words);
  const sentence = useSentence();
  const { user } = useSession();
  const offered = useQuery(offeredQuery(ticket));
  const apply = useApply(ticket);
  // The same name until it is done: pressed twice, it is applied once.
  const name = useRef(newKey());
  const choose = (macro: OfferedMacro | undefined) => {
    if (!macro || apply.isPending) return;
    apply.mutate(
      { macro, key: name.current },
      {
        onSuccess: async ({ did, reply }) => {
          toast({ text: t("macro.done", { name: macro.name, did: did.join("; ") }), key: ticket.ref });
          if (reply) await prepare(ticket, user.id, reply);
          onClose();
          if (reply) onReply();
        },
        onError: () => {
          name.current = newKey();
        },
      },
    );
  };
  if (!offered.data || offered.data.length === 0) {
    return (
      <Dialog open onClose={onClose} title={t("macro.apply")}>
        {offered.error ? (
          <Refusal error={offered.error} onRetry={() => offered.refetch()} busy={offered.isFetching} />
        ) : offered.data ? (
          <EmptyState icon={WandSparkles} title={t("macro.none")}>
            {t(ticket.status.category === "closed" ? "closed" : "macro.none.text")}
          </EmptyState>
        ) : (
          <Skeleton lines={4} />
        )}
      </Dialog>
    );
  }
  return (
    <Chooser
      title={t("macro.apply")}
      choices={offered.data.map((one) => ({ id: one.key, label: one.name, hint: one.hint ?? undefined, more: one.does.join("; ") }))}
      chosen={chosen}
      busy={apply.isPending}
      notice={
        apply.error && (
          <Banner kind="danger" live="alert">
            {sentence(apply.error)}
          </Banner>
        )
      }
      onChoose={(key) => choose(offered.data.find((one) => one.key === key))}
      onClose={onClose}
    />
  );
}
