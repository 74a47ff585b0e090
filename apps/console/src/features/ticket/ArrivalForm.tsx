import type { Ticket } from "@manydesk/kit/api/agent";
import { isProblem } from "@manydesk/kit/api/problem";
import { Banner } from "@manydesk/kit/ui/Banner";
import { Button } from "@manydesk/kit/ui/Button";
import { DateTimeField } from "@manydesk/kit/ui/DateTimeField";
import { Dialog } from "@manydesk/kit/ui/Dialog";
import { useSentence } from "@manydesk/kit/ui/ErrorCard";
import { Field } from "@manydesk/kit/ui/Field";
import { useFormats } from "@manydesk/kit/words/format";
import { useWords } from "@manydesk/kit/words/useWords";
import { type FormEvent, useId, useState } from "react";
import { cameAt, wrongArrival } from "./arrival.ts";
import { useArrived } from "./useArrived.ts";
import words from "./words.json";

/** When somebody came to the client's place: now unless another time is said. */
export function ArrivalForm({ ticket, met, onClose }: { ticket: Ticket; met: string | null; onClose: () => void }) {
  const t = useWords(words);
  const f = useFormats();
  const id = useId();
  const sentence = useSentence();
  const { say, busy } = useArrived(ticket, met);
  const [at, setAt] = useState(() => met ?? new Date().toISOString());
  const [tried, setTried] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const opened = f.moment(ticket.created_at);
  const wrong = wrongArrival(at, ticket.created_at, new Date());
  const field = isProblem(refusal) ? refusal.field("at") : undefined;
  const send = (came: { at: string } | null) => void say(came, setRefusal).then((done) => done && onClose());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!wrong) send({ at: cameAt(at, ticket.created_at) });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("arrived.title", { ref: ticket.ref })}
      actions={
        <>
          {met && (
            <Button kind="ghost" onClick={() => send(null)}>
              {t("arrived.none")}
            </Button>
          )}
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="primary" type="submit" form={id} busy={busy}>
            {t("save")}
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={submit} noValidate>
        <Field
          label={t("arrived.at")}
          required
          hint={t("arrived.hint", { at: opened })}
          error={tried && wrong ? t(`arrived.${wrong}`, { at: opened }) : field}
        >
          <DateTimeField
            value={at}
            min={new Date(ticket.created_at)}
            max={new Date()}
            step={60}
            withPresets={false}
            onChange={(next) => {
              setAt(next);
              setRefusal(null);
            }}
          />
        </Field>
        {refusal !== null && !field && (
          <Banner kind="danger" live="alert">
            {sentence(refusal)}
          </Banner>
        )}
      </form>
    </Dialog>
  );
}
