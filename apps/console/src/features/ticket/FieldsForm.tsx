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
import { answersTo, useAsked } from "../../parts/asking.ts";
import { deskQuery } from "../../parts/deskQuery.ts";
import { TypeFields } from "../../parts/TypeFields.tsx";
import { useEdit, useSetType } from "./mutations.ts";
import words from "./words.json";

/** Type and fields of the ticket, by the tenant's own form. */
export function FieldsForm({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const t = useWords(words);
  const id = useId();
  const { data: desk } = useQuery(deskQuery(ticket.tenant));
  const [type, setType] = useState(ticket.type_def.key);
  const [typed, setTyped] = useState<Record<string, unknown>>({});
  const [tags, setTags] = useState<string[]>(ticket.tags);
  const edit = useEdit(ticket);
  const retype = useSetType(ticket);
  const types = desk?.settings.types ?? [ticket.type_def];
  const def = types.find((one) => one.key === type) ?? ticket.type_def;
  const { questions } = useAsked({
    tenant: ticket.tenant,
    type,
    fields: def.fields,
    body: { ticket: ticket.number, tags, fields: typed },
  });
  const error = edit.error ?? retype.error;
  const problem = isProblem(error) ? error : undefined;
  const loose = problem && !problem.errors.some((one) => questions.some(({ key }) => one.pointer === `/body/fields/${key}`));
  const save = async () => {
    const fields = answersTo(questions, typed);
    const tagged = tags.join() === ticket.tags.join() ? undefined : tags;
    const answered = Object.keys(fields).length > 0;
    if (type === ticket.type_def.key) await edit.mutateAsync({ ...(answered && { fields }), tags: tagged });
    else {
      const { version } = await retype.mutateAsync({ type, fields });
      if (tagged) await edit.mutateAsync({ tags: tagged, version });
    }
    onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save().catch(() => {
      // Said at the questions or above them; what was typed stays.
    });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("fields")}
      actions={
        <Button kind="primary" type="submit" form={id} busy={edit.isPending || retype.isPending}>
          {t("save")}
        </Button>
      }
    >
      <form id={id} onSubmit={submit} style={{ display: "grid", gap: 16 }} noValidate>
        {loose && <ErrorCard error={problem} />}
        <Field label={t("type")}>
          <Select value={type} onChange={setType} options={types.map(({ key, name }) => ({ value: key, label: name }))} />
        </Field>
        <TypeFields questions={questions} values={typed} onChange={setTyped} problem={(key) => problem?.field(`fields/${key}`)} />
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
