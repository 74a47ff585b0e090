import type { Ticket, TicketStage, TicketStages } from "@manydesk/kit/api/agent";
import { useNow } from "@manydesk/kit/clock/useNow";
import { cx } from "@manydesk/kit/look/cx";
import { toast } from "@manydesk/kit/look/toast";
import { Button } from "@manydesk/kit/ui/Button";
import { useSentence } from "@manydesk/kit/ui/ErrorCard";
import { Icon } from "@manydesk/kit/ui/Icon";
import { useWords } from "@manydesk/kit/words/useWords";
import { Check, Circle, CircleDot, SkipForward } from "lucide-react";
import { Due } from "./Due.tsx";
import { useCompleteStage } from "./mutations.ts";
import css from "./Tasks.module.css";
import words from "./words.json";

const icons = { waiting: Circle, open: CircleDot, done: Check, skipped: SkipForward };

/** Where the process is, at a glance and from the ticket alone: «Этап 2 из 4: Причина». */
export function StageNow({ process }: { process: NonNullable<Ticket["process"]> }) {
  const t = useWords(words);
  return (
    <p className={css.now}>
      {process.stage_name ? t("stage.at", { place: process.place, of: process.of, name: process.stage_name }) : t("process.done")}
    </p>
  );
}

/** The stages in their order: what is done, what is under way, what was left out. */
export function Stages({ ticket, work }: { ticket: Ticket; work: TicketStages }) {
  const t = useWords(words);
  const sentence = useSentence();
  const now = useNow(30);
  const { mutate, isPending, variables } = useCompleteStage(ticket);
  const complete = (stage: TicketStage) =>
    mutate(stage.key, {
      onSuccess: () => void toast({ text: t("completed", { name: stage.name }) }),
      onError: (error) => void toast({ text: sentence(error), kind: "bad" }),
    });
  return (
    <ol className={css.stages} aria-label={t("stages", { name: work.process?.name ?? "" })}>
      {work.stages.map((stage) => (
        <li
          key={stage.key}
          className={cx(css.stage, stage.state === "done" && css.done, stage.state === "skipped" && css.skipped)}
          aria-current={stage.state === "open" ? "step" : undefined}
        >
          <Icon of={icons[stage.state]} />
          <span className={css.name}>{stage.name}</span>
          <span className={css.word}>{t(`state.${stage.state}`)}</span>
          {stage.state === "open" && (
            <span className={css.more}>
              {stage.group && <span>{stage.group.name}</span>}
              {stage.assignee && <span>{stage.assignee.name}</span>}
              <Due at={stage.due_at} now={now} />
              {stage.abilities.includes("complete") && (
                <Button
                  size="xs"
                  busy={isPending && variables === stage.key}
                  aria-label={t("complete.of", { name: stage.name })}
                  onClick={() => complete(stage)}
                >
                  {t("complete")}
                </Button>
              )}
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}
