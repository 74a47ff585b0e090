import { isProblem } from "@manydesk/kit/api/problem";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { useWords } from "@manydesk/kit/words/useWords";
import { useState } from "react";
import { FormDialog } from "../FormDialog.tsx";
import { useAddSkill } from "./calls.ts";
import words from "./words.json";

/** A skill with a name in both languages. */
export function SkillForm({ tenant, onClose }: { tenant: string; onClose: () => void }) {
  const t = useWords(words);
  const [name, setName] = useState({ ru: "", en: "" });
  const add = useAddSkill(tenant);
  const problem = isProblem(add.error) ? add.error : undefined;
  const submit = () => {
    add.mutate(name, { onSuccess: onClose });
  };
  return (
    <FormDialog title={t("skills.new")} action={t("add")} busy={add.isPending} error={add.error} onSubmit={submit} onClose={onClose}>
      <Field label={t("groups.name.ru")} error={problem?.field("spec/name/ru")} required>
        <Input value={name.ru} onChange={(event) => setName({ ...name, ru: event.target.value })} required />
      </Field>
      <Field label={t("groups.name.en")} error={problem?.field("spec/name/en")} required>
        <Input value={name.en} onChange={(event) => setName({ ...name, en: event.target.value })} required />
      </Field>
    </FormDialog>
  );
}
