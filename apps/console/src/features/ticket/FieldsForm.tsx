import type { Ticket } from "@manydesk/kit/api/agent";
import { isProblem } from "@manydesk/kit/api/problem";
import { Button } from "@manydesk/kit/ui/Button";
import { MultiCombobox } from "@manydesk/kit/ui/Combobox";
import { Dialog } from "@manydesk/kit/ui/Dialog";
import { ErrorCard } from "@manydesk/kit/ui/ErrorCard";
import { Field } from "@manydesk/kit/ui/Field";
import { Select } from "@manydesk/kit/ui/Select";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { deskQuery } from "../../parts/deskQuery.ts";
import { TypeFields } from "../../parts/TypeFields.tsx";
import { useEdit, useSetType } from "./mutations.ts";
import words from "./words.json";

/** Type and fields of the ticket, by the tenant's own form. */
export function FieldsForm({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const t = useWords(words);
  const id = useId();
  const { data: desk } = useQuery(deskQuery(ticket.tenant));
  const [values, setValues] = useState<Record<string, unknown>>(() =>
    Object.fromEntries(ticket.fields.map(({ key, value }) => [key, value])),
  );
  const [tags, setTags] = useState<string[]>(ticket.tags);
  const edit = useEdit(ticket);
  const setType = useSetType(ticket);
  const error = edit.error ?? setType.error;
  const problem = isProblem(error) ? error : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    edit.mutate({ fields: values, tags }, { onSuccess: onClose });
  };
  const types = desk?.settings.types ?? [ticket.type_def];
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("fields")}
      actions={
        <Button kind="primary" type="submit" form={id} busy={edit.isPending || setType.isPending}>
          {t("save")}
        </Button>
      }
    >
      <form id={id} onSubmit={submit} style={{ display: "grid", gap: 16 }} noValidate>
        {problem && problem.errors.length === 0 && <ErrorCard error={problem} />}
        <Field label={t("type")}>
          <Select
            value={ticket.type_def.key}
            onChange={(key) => setType.mutate(key)}
            options={types.map(({ key, name }) => ({ value: key, label: name }))}
          />
        </Field>
        <TypeFields
          fields={ticket.type_def.fields}
          values={values}
          onChange={setValues}
          problem={(key) => problem?.field(`fields/${key}`)}
        />
        <Field label={t("tags")}>
          <MultiCombobox
            value={tags.map(asOption)}
            onChange={(chosen) => setTags(chosen.map((one) => one.value))}
            options={ticket.tags.map(asOption)}
            create={asOption}
            size="md"
          />
        </Field>
      </form>
    </Dialog>
  );
}

function asOption(tag: string): { value: string; label: string } {
  return { value: tag, label: tag };
}
