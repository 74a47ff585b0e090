import type { Status } from "@manydesk/kit/api/agent";
import { Button } from "@manydesk/kit/ui/Button";
import { DateTimeField } from "@manydesk/kit/ui/DateTimeField";
import { Dialog } from "@manydesk/kit/ui/Dialog";
import { Field } from "@manydesk/kit/ui/Field";
import { Textarea } from "@manydesk/kit/ui/Input";
import { useWords } from "@manydesk/kit/words/useWords";
import { type FormEvent, useId, useState } from "react";
import words from "./words.json";

export interface Move {
  until?: string;
  comment?: string;
}

interface Props {
  to: Status;
  needs: { until: boolean; comment: boolean };
  onMove: (move: Move) => void;
  onClose: () => void;
}

/** What a status asks for before it is set: until when, and why. */
export function MoveForm({ to, needs, onMove, onClose }: Props) {
  const t = useWords(words);
  const id = useId();
  const [until, setUntil] = useState("");
  const [comment, setComment] = useState("");
  const [tried, setTried] = useState(false);
  const late = needs.until && !(Date.parse(until) > Date.now());
  const silent = needs.comment && comment.trim() === "";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (late || silent) return;
    onClose();
    onMove({ until: needs.until ? until : undefined, comment: comment.trim() || undefined });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={to.name}
      actions={
        <Button kind="primary" type="submit" form={id}>
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
