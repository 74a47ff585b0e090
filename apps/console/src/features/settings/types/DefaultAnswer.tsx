import { Field } from "@manydesk/kit/ui/Field";
import { Select } from "@manydesk/kit/ui/Select";
import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { useState } from "react";
import { answersTo } from "../../../parts/asking.ts";
import { nameIn } from "../../../parts/nameIn.ts";
import { TypeFields } from "../../../parts/TypeFields.tsx";
import type { TicketField } from "./spec.ts";
import css from "./Types.module.css";
import words from "./words.json";

interface Props {
  field: TicketField;
  value: unknown;
  onChange: (value: unknown) => void;
}

/** What a question begins with; nothing for most. */
export function DefaultAnswer({ field, value, onChange }: Props) {
  const t = useWords(words);
  const language = useLanguage();
  const [typed, setTyped] = useState<Record<string, unknown>>({});
  if (field.kind === "boolean") {
    const options = [
      { value: "", label: t("default.none") },
      { value: "true", label: t("yes") },
      { value: "false", label: t("no") },
    ];
    return (
      <div className={css.default}>
        <Field label={t("default")}>
          <Select
            value={typeof value === "boolean" ? String(value) : ""}
            options={options}
            onChange={(next) => onChange(next === "" ? undefined : next === "true")}
          />
        </Field>
      </div>
    );
  }
  const question = {
    key: "default",
    name: t("default"),
    kind: field.kind,
    required: false,
    value: value ?? null,
    new: true,
    choices: field.choices?.map((one) => ({ key: one.key, name: nameIn(one.name, language, one.key) })),
  };
  return (
    <div className={css.default}>
      <TypeFields
        questions={[question]}
        values={typed}
        onChange={(next) => {
          setTyped(next);
          onChange(answersTo([question], next).default ?? undefined);
        }}
        problem={() => undefined}
      />
    </div>
  );
}
