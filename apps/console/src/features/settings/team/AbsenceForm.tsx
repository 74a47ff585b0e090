import { isProblem } from "@manydesk/kit/api/problem";
import { toast } from "@manydesk/kit/look/toast";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { useWords } from "@manydesk/kit/words/useWords";
import { useState } from "react";
import { FormDialog } from "../FormDialog.tsx";
import settings from "../Settings.module.css";
import { type RotaPerson, useAddAbsence } from "./calls.ts";
import { instant } from "./rota.ts";
import css from "./Team.module.css";
import words from "./words.json";

const day = 86_400_000;

/** Whole days in which somebody is not there, in their own zone. */
export function AbsenceForm({ tenant, of, onClose }: { tenant: string; of: RotaPerson; onClose: () => void }) {
  const t = useWords(words);
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const [note, setNote] = useState("");
  const add = useAddAbsence(tenant);
  const problem = isProblem(add.error) ? add.error : undefined;
  const wrong = from !== "" && to !== "" && to < from;
  const submit = () => {
    if (wrong) return;
    add.mutate(
      {
        person: of.person.id,
        starts_at: new Date(instant(Date.parse(from), of.time_zone)).toISOString(),
        ends_at: new Date(instant(Date.parse(to) + day, of.time_zone)).toISOString(),
        ...(note && { note }),
      },
      {
        onSuccess: () => {
          toast({ text: t("saved", { name: of.person.name }) });
          onClose();
        },
      },
    );
  };
  return (
    <FormDialog
      title={t("away.title", { name: of.person.name })}
      action={t("save")}
      busy={add.isPending}
      error={add.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className={css.hint}>{t("away.hint")}</p>
      <div className={settings.pair}>
        <Field label={t("away.from")} error={problem?.field("starts_at")} required>
          <Input type="date" value={from} onChange={(event) => setFrom(event.target.value)} required />
        </Field>
        <Field label={t("away.to")} error={wrong ? t("away.wrong") : problem?.field("ends_at")} required>
          <Input type="date" value={to} onChange={(event) => setTo(event.target.value)} required />
        </Field>
      </div>
      <Field label={t("away.note")} error={problem?.field("note")}>
        <Input value={note} maxLength={200} onChange={(event) => setNote(event.target.value)} />
      </Field>
    </FormDialog>
  );
}
