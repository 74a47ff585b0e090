import type { FieldDef, Status } from "@manydesk/kit/api/agent";
import { Button } from "@manydesk/kit/ui/Button";
import { DateTimeField } from "@manydesk/kit/ui/DateTimeField";
import { Dialog } from "@manydesk/kit/ui/Dialog";
import { Field } from "@manydesk/kit/ui/Field";
import { Textarea } from "@manydesk/kit/ui/Input";
import { useWords } from "@manydesk/kit/words/useWords";
import { type FormEvent, useId, useState } from "react";
import { answersTo, unanswered, useAsked } from "./asking.ts";
import { TypeFields } from "./TypeFields.tsx";
import words from "./words.json";

export interface Move {
  until?: string;
  comment?: string;
  /** Answers to what the status makes the form ask. */
  fields?: Record<string, unknown>;
}

/** The ticket whose form is asked, where the status makes it ask something. */
export interface MovedTicket {
  tenant: string;
  number: number;
  type: string;
  fields: readonly FieldDef[];
}

interface Props {
  to: Status;
  needs: { until: boolean; comment: boolean };
  /** Without it nothing of the form is asked: several tickets have several forms. */
  ticket?: MovedTicket;
  onMove: (move: Move) => void;
  onClose: () => void;
}

/** What a status asks for before it is set: until when, why, and what the form asks in it. */
export function MoveForm({ to, needs, ticket, onMove, onClose }: Props) {
  const t = useWords(words);
  const id = useId();
  const [until, setUntil] = useState("");
  const [comment, setComment] = useState("");
  const [tried, setTried] = useState(false);
  const [typed, setTyped] = useState<Record<string, unknown>>({});
  const { questions, ready } = useAsked({
    tenant: ticket?.tenant ?? "",
    type: ticket?.type,
    fields: ticket?.fields ?? [],
    body: { ticket: ticket?.number, status: to.key, fields: typed },
  });
  // Before the server has said what the status brings, nothing of it is known.
  const asked = ticket ? questions.filter((one) => one.new && one.conditional) : [];
  const silentAt = unanswered(asked, typed);
  const late = needs.until && !(Date.parse(until) > Date.now());
  const silent = needs.comment && comment.trim() === "";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (ticket && !ready) return;
    if (late || silent || silentAt.length > 0) return;
    onClose();
    const fields = answersTo(asked, typed);
    onMove({
      until: needs.until ? until : undefined,
      comment: comment.trim() || undefined,
      ...(Object.keys(fields).length > 0 && { fields }),
    });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={to.name}
      actions={
        <Button kind="primary" type="submit" form={id} busy={Boolean(ticket) && !ready}>
          {needs.until ? t("move.postpone") : t("move.action")}
        </Button>
      }
    >
      <form id={id} onSubmit={submit} noValidate style={{ display: "grid", gap: 16 }}>
        {needs.until && (
          <Field label={t("move.until")} error={tried && late ? t(until ? "move.past" : "move.need") : undefined} required>
            <DateTimeField value={until} onChange={setUntil} />
          </Field>
        )}
        <TypeFields
          questions={asked}
          values={typed}
          onChange={setTyped}
          problem={(key) => (tried && silentAt.includes(key) ? t("answer.need") : undefined)}
        />
        <Field
          label={t("move.comment")}
          hint={t("move.comment.hint")}
          required={needs.comment}
          error={tried && silent ? t("move.need") : undefined}
        >
          <Textarea rows={2} value={comment} onChange={(event) => setComment(event.target.value)} />
        </Field>
      </form>
    </Dialog>
  );
}
