import type { Ticket } from "@manydesk/kit/api/agent";
import { isProblem } from "@manydesk/kit/api/problem";
import { Button } from "@manydesk/kit/ui/Button";
import { Dialog } from "@manydesk/kit/ui/Dialog";
import { useSentence } from "@manydesk/kit/ui/ErrorCard";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { useWords } from "@manydesk/kit/words/useWords";
import { type FormEvent, useId, useState } from "react";
import { useEdit } from "./mutations.ts";
import words from "./words.json";

export function SubjectForm({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const t = useWords(words);
  const id = useId();
  const sentence = useSentence();
  const [subject, setSubject] = useState(ticket.subject);
  const { mutate, error, isPending } = useEdit(ticket);
  const wrong = error ? ((isProblem(error) ? error.field("subject") : undefined) ?? sentence(error)) : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate({ subject: subject.trim() }, { onSuccess: onClose });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("rename")}
      actions={
        <Button kind="primary" type="submit" form={id} busy={isPending} disabled={subject.trim() === ""}>
          {t("save")}
        </Button>
      }
    >
      <form id={id} onSubmit={submit}>
        <Field label={t("subject")} error={wrong} required>
          <Input value={subject} onChange={(event) => setSubject(event.target.value)} maxLength={300} autoFocus />
        </Field>
      </form>
    </Dialog>
  );
}
