import { Input } from "@manydesk/kit/ui/Input";
import { Select } from "@manydesk/kit/ui/Select";
import { useWords } from "@manydesk/kit/words/useWords";
import type { RouteNames } from "../routing/useRouteNames.ts";
import type { Action } from "./spec.ts";
import css from "./Triggers.module.css";
import words from "./words.json";

interface Field {
  key: string;
  kind: string;
  name: string;
  choices?: readonly { key: string; name: string }[] | null;
}
interface Props {
  action: Action;
  /** All that can be asked about; the tenant's own fields are among them. */
  fields: readonly Field[];
  types: readonly { key: string; name: string }[];
  names: RouteNames;
  onChange: (part: Partial<Action>) => void;
}

/** A field and what it is set to: chosen where there is a list, typed where there is none. */
export function SetFields({ action, fields, types, names, onChange }: Props) {
  const t = useWords(words);
  const own = fields.filter((one) => one.key.startsWith("fields."));
  const field = own.find((one) => one.key === action.field);
  const choices =
    action.field === "priority"
      ? names.priorities
      : action.field === "type"
        ? types.map((one) => ({ value: one.key, label: one.name }))
        : field?.choices?.map((one) => ({ value: one.key, label: one.name }));
  const truth = field?.kind === "boolean";
  const number = action.field === "priority" || field?.kind === "number";
  const read = (text: string): unknown => (truth ? text === "true" : number && text !== "" ? Number(text) : text);
  const listed = truth
    ? [
        { value: "true", label: t("yes") },
        { value: "false", label: t("no") },
      ]
    : choices;
  return (
    <div className={css.two}>
      <Select
        size="sm"
        aria-label={t("field")}
        value={action.field ?? ""}
        onChange={(next) => onChange({ field: next, value: next === "priority" ? 2 : undefined })}
        options={[
          { value: "priority", label: t("field.priority") },
          { value: "type", label: t("field.type") },
          { value: "subject", label: t("field.subject") },
          ...own.map((one) => ({ value: one.key, label: one.name })),
        ]}
      />
      {listed?.length ? (
        <Select
          size="sm"
          aria-label={t("value")}
          value={action.value === undefined ? "" : String(action.value)}
          onChange={(next) => onChange({ value: read(next) })}
          options={listed}
          placeholder={t("value")}
        />
      ) : (
        <Input
          size="sm"
          type={number ? "number" : field?.kind === "date" ? "date" : "text"}
          aria-label={t("value")}
          value={action.value === undefined || action.value === null ? "" : String(action.value)}
          onChange={(event) => onChange({ value: read(event.target.value) })}
        />
      )}
    </div>
  );
}
