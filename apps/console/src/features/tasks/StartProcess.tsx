import type { Ticket } from "@manydesk/kit/api/agent";
import { toast } from "@manydesk/kit/look/toast";
import { Confirm } from "@manydesk/kit/ui/Dialog";
import { useSentence } from "@manydesk/kit/ui/ErrorCard";
import { useWords } from "@manydesk/kit/words/useWords";
import { useState } from "react";
import { Chooser } from "../../parts/Chooser.tsx";
import { useStartProcess } from "./mutations.ts";
import words from "./words.json";

interface Named {
  key: string;
  name: string;
}

/** Which process to begin; where one is on its way it is asked whether the new one takes its place. */
export function StartProcess({ ticket, offered, onClose }: { ticket: Ticket; offered: readonly Named[]; onClose: () => void }) {
  const t = useWords(words);
  const sentence = useSentence();
  const { mutate, isPending } = useStartProcess(ticket);
  const [chosen, setChosen] = useState<Named | null>(null);
  const running = ticket.process && !ticket.process.done ? ticket.process : null;
  const start = (process: Named) =>
    mutate(
      { key: process.key, replace: running !== null },
      {
        onSuccess: () => void toast({ text: t("started", { name: process.name }) }),
        onError: (error) => void toast({ text: sentence(error), kind: "bad" }),
        onSettled: onClose,
      },
    );
  if (chosen && running) {
    return (
      <Confirm
        open
        onClose={onClose}
        onConfirm={() => start(chosen)}
        title={t("replace.title", { name: chosen.name, old: running.name })}
        action={t("replace.do")}
        busy={isPending}
      >
        {t("replace.text", { old: running.name })}
      </Confirm>
    );
  }
  return (
    <Chooser
      title={t("start")}
      choices={offered.map(({ key, name }) => ({ id: key, label: name }))}
      onChoose={(key) => {
        const process = offered.find((one) => one.key === key);
        if (!process) return;
        if (running) setChosen(process);
        else start(process);
      }}
      onClose={onClose}
    />
  );
}
