import { isProblem } from "@manydesk/kit/api/problem";
import type { Words } from "@manydesk/kit/api/sla";
import { Field } from "@manydesk/kit/ui/Field";
import { Select } from "@manydesk/kit/ui/Select";
import { useWords } from "@manydesk/kit/words/useWords";
import { useState } from "react";
import { NamePair } from "../drafting/NamePair.tsx";
import { FormDialog } from "../FormDialog.tsx";
import { type FieldKind, fieldKinds } from "./spec.ts";
import words from "./words.json";

interface Props {
  what: "type" | "field";
  make: { error: unknown; isPending: boolean };
  onMake: (name: Words, kind: FieldKind) => void;
  onClose: () => void;
}

/** A new type or field is named first: its key, which stays, is made of the name. */
export function NewDialog({ what, make, onMake, onClose }: Props) {
  const t = useWords(words);
  const [name, setName] = useState<Words>({});
  const [kind, setKind] = useState<FieldKind>("text");
  const { error, isPending } = make;
  const wrong = (pointer: string) => (isProblem(error) ? error.field(`spec/${pointer}`) : undefined);
  return (
    <FormDialog
      title={t(what === "type" ? "new.title" : "field.new.title")}
      action={t("make")}
      busy={isPending}
      error={error}
      onSubmit={() => onMake(name, kind)}
      onClose={onClose}
    >
      <NamePair
        labels={{ ru: t("name.ru"), en: t("name.en") }}
        value={name}
        error={(language) => wrong(language ? `name/${language}` : "name")}
        onChange={setName}
      />
      {what === "field" && (
        <Field label={t("kind")} error={wrong("kind")}>
          <Select value={kind} onChange={setKind} options={fieldKinds.map((one) => ({ value: one, label: t(`kind.${one}`) }))} />
        </Field>
      )}
    </FormDialog>
  );
}
