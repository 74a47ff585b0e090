import { isProblem } from "@manydesk/kit/api/problem";
import { Button } from "@manydesk/kit/ui/Button";
import { Dialog } from "@manydesk/kit/ui/Dialog";
import { ErrorCard } from "@manydesk/kit/ui/ErrorCard";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { useWords } from "@manydesk/kit/words/useWords";
import { type FormEvent, useId, useState } from "react";
import settings from "../Settings.module.css";
import { useAddSkill } from "./calls.ts";
import words from "./words.json";

/** A skill with a name in both languages. */
export function SkillForm({ tenant, onClose }: { tenant: string; onClose: () => void }) {
  const t = useWords(words);
  const id = useId();
  const [name, setName] = useState({ ru: "", en: "" });
  const add = useAddSkill(tenant);
  const problem = isProblem(add.error) ? add.error : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate(name, { onSuccess: onClose });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("skills.new")}
      actions={
        <Button kind="primary" type="submit" form={id} busy={add.isPending}>
          {t("add")}
        </Button>
      }
    >
      <form id={id} className={settings.form} onSubmit={submit}>
        {add.error && <ErrorCard error={add.error} />}
        <Field label={t("groups.name.ru")} error={problem?.field("spec/name/ru")} required>
          <Input value={name.ru} onChange={(event) => setName({ ...name, ru: event.target.value })} required />
        </Field>
        <Field label={t("groups.name.en")} error={problem?.field("spec/name/en")} required>
          <Input value={name.en} onChange={(event) => setName({ ...name, en: event.target.value })} required />
        </Field>
      </form>
    </Dialog>
  );
}
