import { isProblem } from "@manydesk/kit/api/problem";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { useWords } from "@manydesk/kit/words/useWords";
import { useState } from "react";
import { slugOf } from "../../parts/slug.ts";
import { FormDialog } from "./FormDialog.tsx";
import { useAddRole } from "./mutations.ts";
import words from "./words.json";

/** A role with a name in both languages and, to begin with, the right to see tickets. */
export function NewRole({ tenant, onClose }: { tenant: string; onClose: () => void }) {
  const t = useWords(words);
  const [name, setName] = useState({ ru: "", en: "" });
  const [typed, setTyped] = useState("");
  const add = useAddRole(tenant);
  const problem = isProblem(add.error) ? add.error : undefined;
  const key = typed || slugOf(name.en || name.ru);
  const submit = () => {
    add.mutate({ key, name, permissions: [{ permission: "ticket.read", types: "*" }] }, { onSuccess: onClose });
  };
  return (
    <FormDialog
      title={t("roles.new")}
      action={t("roles.create")}
      busy={add.isPending}
      error={add.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label={t("roles.name.ru")} error={problem?.field("name/ru")} required>
        <Input value={name.ru} onChange={(event) => setName({ ...name, ru: event.target.value })} required autoFocus />
      </Field>
      <Field label={t("roles.name.en")} error={problem?.field("name/en")} required>
        <Input value={name.en} onChange={(event) => setName({ ...name, en: event.target.value })} required />
      </Field>
      <Field label={t("roles.key")} error={problem?.field("key")} required>
        <Input value={key} pattern="[a-z0-9_\-]{1,40}" onChange={(event) => setTyped(event.target.value)} required />
      </Field>
    </FormDialog>
  );
}
