import type { Ticket, TicketTask } from "@manydesk/kit/api/agent";
import { isProblem } from "@manydesk/kit/api/problem";
import { Banner } from "@manydesk/kit/ui/Banner";
import { Button } from "@manydesk/kit/ui/Button";
import { DateTimeField } from "@manydesk/kit/ui/DateTimeField";
import { Dialog } from "@manydesk/kit/ui/Dialog";
import { useSentence } from "@manydesk/kit/ui/ErrorCard";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { Select } from "@manydesk/kit/ui/Select";
import { useWords } from "@manydesk/kit/words/useWords";
import { type FormEvent, useId, useState } from "react";
import { useMemberChoices } from "../../parts/useMemberChoices.tsx";
import { type TaskChange, useChangeTask } from "./mutations.ts";
import css from "./Tasks.module.css";
import words from "./words.json";

/** What a task is called, who has it and when it is due. */
export function TaskForm({ ticket, task, onClose }: { ticket: Ticket; task: TicketTask; onClose: () => void }) {
  const t = useWords(words);
  const id = useId();
  const sentence = useSentence();
  const { choices } = useMemberChoices(ticket.tenant);
  const [title, setTitle] = useState(task.title);
  const [assignee, setAssignee] = useState(task.assignee?.id ?? "");
  const [due, setDue] = useState(task.due_at ?? "");
  const { mutate, error, isPending } = useChangeTask(ticket);
  const refused = (field: string) => (isProblem(error) ? error.field(field) : undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body: TaskChange = {};
    if (title.trim() !== task.title) body.title = title.trim();
    if (assignee !== (task.assignee?.id ?? "")) body.assignee = assignee || null;
    if (due !== (task.due_at ?? "")) body.due_at = due || null;
    mutate({ task, body }, { onSuccess: onClose });
  };
  const known = ["title", "assignee", "due_at"].some(refused);
  // Who left stays in sight until somebody else is chosen.
  const people = choices.map(({ id: value, label, mark }) => ({ value, label, mark }));
  if (task.assignee && !people.some((one) => one.value === task.assignee?.id)) {
    people.unshift({ value: task.assignee.id, label: task.assignee.name, mark: undefined });
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("change.title")}
      actions={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="primary" type="submit" form={id} busy={isPending}>
            {t("save")}
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={submit} noValidate className={css.form}>
        <Field label={t("title")} required error={refused("title")}>
          <Input value={title} maxLength={200} onChange={(event) => setTitle(event.target.value)} />
        </Field>
        <Field label={t("assignee")} error={refused("assignee")}>
          <Select value={assignee} onChange={setAssignee} options={people} />
        </Field>
        <Field
          label={t("dueAt")}
          error={refused("due_at")}
          aside={
            due && (
              <Button kind="link" size="xs" onClick={() => setDue("")}>
                {t("dueAt.none")}
              </Button>
            )
          }
        >
          <DateTimeField value={due} onChange={setDue} />
        </Field>
        {error && !known ? (
          <Banner kind="danger" live="alert">
            {sentence(error)}
          </Banner>
        ) : null}
      </form>
    </Dialog>
  );
}
