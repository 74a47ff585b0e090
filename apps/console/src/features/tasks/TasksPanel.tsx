import type { Ticket, TicketTask } from "@manydesk/kit/api/agent";
import { toast } from "@manydesk/kit/look/toast";
import { Button } from "@manydesk/kit/ui/Button";
import { ErrorCard, useSentence } from "@manydesk/kit/ui/ErrorCard";
import { Input } from "@manydesk/kit/ui/Input";
import { Skeleton } from "@manydesk/kit/ui/Skeleton";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useAddTask, useRemoveTask } from "./mutations.ts";
import { stagesQuery, tasksQuery } from "./queries.ts";
import { StageNow, Stages } from "./Stages.tsx";
import { StartProcess } from "./StartProcess.tsx";
import { TaskForm } from "./TaskForm.tsx";
import { TaskLine } from "./TaskLine.tsx";
import css from "./Tasks.module.css";
import words from "./words.json";

interface Props {
  ticket: Ticket;
  /** Counts up when a task shall be typed. */
  focus: number;
}

/** What is to be done in the ticket. Nothing is asked for until the ticket says that there is something. */
export function TasksPanel({ ticket, focus }: Props) {
  const t = useWords(words);
  const [asked, setAsked] = useState(false);
  const [changed, setChanged] = useState<string | null>(null);
  const work = ticket.tasks.total > 0 || ticket.process !== null;
  const tasks = useQuery({ ...tasksQuery(ticket), enabled: work });
  const stages = useQuery({ ...stagesQuery(ticket), enabled: ticket.process !== null || asked });
  const may = ticket.abilities.includes("edit") && ticket.status.category !== "closed";
  const list = work ? (tasks.data?.items ?? []) : [];
  const offered = stages.data?.offered ?? [];
  const { open, total } = ticket.tasks;
  const remove = useRemoval(ticket);
  const inHand = list.find((one) => one.id === changed);
  return (
    <section className={css.section} aria-label={t("tasks")}>
      <h2>
        {t("tasks")}
        {total > 0 && <span className="faint">{open > 0 ? t("left", { n: open }) : t("allDone")}</span>}
        {may && (
          <Button size="xs" kind="ghost" onClick={() => setAsked(true)} busy={asked && stages.isFetching && !stages.data}>
            {t(ticket.process && !ticket.process.done ? "another" : "start")}
          </Button>
        )}
      </h2>
      {ticket.process && <StageNow process={ticket.process} />}
      {ticket.process && stages.data && <Stages ticket={ticket} work={stages.data} />}
      {tasks.isError && !tasks.data && <ErrorCard error={tasks.error} onRetry={() => void tasks.refetch()} busy={tasks.isFetching} />}
      {work && tasks.isPending && <Skeleton lines={Math.max(1, Math.min(total, 4))} />}
      {!work && <p className="muted s13">{t(may ? "none" : "none.mayNot")}</p>}
      <ul className={css.list}>
        {list.map((task) => (
          <TaskLine key={task.id} ticket={ticket} task={task} onChange={() => setChanged(task.id)} onRemove={() => remove(task)} />
        ))}
      </ul>
      {may && <AddTask ticket={ticket} focus={focus} />}
      {inHand && <TaskForm ticket={ticket} task={inHand} onClose={() => setChanged(null)} />}
      {asked && stages.isError && <ErrorCard error={stages.error} onRetry={() => void stages.refetch()} busy={stages.isFetching} />}
      {asked && stages.data && offered.length === 0 && <p className="muted s13">{t("noProcesses")}</p>}
      {asked && stages.data && offered.length > 0 && <StartProcess ticket={ticket} offered={offered} onClose={() => setAsked(false)} />}
    </section>
  );
}

/** Takes a task off the list. Brought back it is the same in words, at the end. */
function useRemoval(ticket: Ticket): (task: TicketTask) => void {
  const t = useWords(words);
  const sentence = useSentence();
  const add = useAddTask(ticket);
  const remove = useRemoveTask(ticket);
  const bad = (error: unknown) => void toast({ text: sentence(error), kind: "bad" });
  return (task) => {
    const again = { title: task.title, assignee: task.assignee?.id, due_at: task.due_at ?? undefined, group: task.group?.key };
    const gone = () => void toast({ text: t("removed", { title: task.title }), undo: { run: () => add.mutate(again, { onError: bad }) } });
    remove.mutate(task, { onSuccess: gone, onError: bad });
  };
}

/** Typed and sent by Enter, one after another. What could not be added stays in the box. */
function AddTask({ ticket, focus }: { ticket: Ticket; focus: number }) {
  const t = useWords(words);
  const sentence = useSentence();
  const box = useRef<HTMLInputElement>(null);
  const [title, setTitle] = useState("");
  const { mutate, isPending } = useAddTask(ticket);
  useEffect(() => {
    if (focus === 0) return;
    box.current?.focus();
    // Chosen in the palette, it is asked for while the page behind cannot have the focus yet.
    const later = setTimeout(() => box.current?.focus(), 50);
    return () => clearTimeout(later);
  }, [focus]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const typed = title.trim();
    if (!typed || isPending) return;
    mutate(
      { title: typed },
      {
        onSuccess: (_made: TicketTask) => setTitle((now) => (now.trim() === typed ? "" : now)),
        onError: (error) => void toast({ text: sentence(error), kind: "bad" }),
      },
    );
  };
  return (
    <form className={css.add} onSubmit={submit}>
      <Input
        ref={box}
        size="sm"
        aria-label={t("add")}
        placeholder={t("add.hint")}
        value={title}
        maxLength={200}
        onChange={(event) => setTitle(event.target.value)}
      />
      {title.trim() !== "" && (
        <Button type="submit" busy={isPending}>
          {t("add.button")}
        </Button>
      )}
    </form>
  );
}
