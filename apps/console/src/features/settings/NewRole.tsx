import { isProblem } from "@manydesk/kit/api/problem";
import { Button } from "@manydesk/kit/ui/Button";
import { Dialog } from "@manydesk/kit/ui/Dialog";
import { ErrorCard } from "@manydesk/kit/ui/ErrorCard";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { useWords } from "@manydesk/kit/words/useWords";
import { type FormEvent, useId, useState } from "react";
import { slugOf } from "../../parts/slug.ts";
import { useAddRole } from "./mutations.ts";
import css from "./Settings.module.css";
import words from "./words.json";

/** A role with a name in both languages and, to begin with, the right to see tickets. */
export function NewRole({ tenant, onClose }: { tenant: string; onClose: () => void }) {
  const t = useWords(words);
  const id = useId();
  const [name, setName] = useState({ ru: "", en: "" });
  const [typed, setTyped] = useState("");
  const add = useAddRole(tenant);
  const problem = isProblem(add.error) ? add.error : undefined;
  const key = typed || slugOf(name.en || name.ru);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate({ key, name, permissions: [{ permission: "ticket.read", types: "*" }] }, { onSuccess: onClose });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("roles.new")}
      actions={
        <Button kind="primary" type="submit" form={id} busy={add.isPending}>
          {t("roles.create")}
        </Button>
      }
    >
      <form id={id} className={css.form} onSubmit={submit}>
        {problem && problem.errors.length === 0 && <ErrorCard error={problem} />}
        <Field label={t("roles.name.ru")} error={problem?.field("name/ru")} required>
          <Input value={name.ru} onChange={(event) => setName({ ...name, ru: event.target.value })} required autoFocus />
        </Field>
        <Field label={t("roles.name.en")} error={problem?.field("name/en")} required>
          <Input value={name.en} onChange={(event) => setName({ ...name, en: event.target.value })} required />
        </Field>
        <Field label={t("roles.key")} error={problem?.field("key")} required>
          <Input value={key} pattern="[a-z0-9_\-]{1,40}" onChange={(event) => setTyped(event.target.value)} required />
        </Field>
      </form>
    </Dialog>
  );
}
