import type { FieldDef } from "@manydesk/kit/api/agent";
import { Checkbox } from "@manydesk/kit/ui/Choice";
import { Field } from "@manydesk/kit/ui/Field";
import { Input, Textarea } from "@manydesk/kit/ui/Input";
import { Select } from "@manydesk/kit/ui/Select";

interface Props {
  fields: readonly FieldDef[];
  values: Record<string, unknown>;
  onChange: (values: Record<string, unknown>) => void;
  /** What is wrong with a field, by its key. */
  problem: (key: string) => string | undefined;
}

/** The fields that a tenant's ticket type asks for. */
export function TypeFields({ fields, values, onChange, problem }: Props) {
  const set = (key: string, value: unknown) => onChange({ ...values, [key]: value });
  return fields.map((field) => {
    if (field.kind === "boolean") {
      return (
        <Checkbox
          key={field.key}
          label={field.name}
          hint={field.hint}
          checked={values[field.key] === true}
          onChange={(on) => set(field.key, on)}
        />
      );
    }
    return (
      <Field key={field.key} label={field.name} hint={field.hint} required={field.required} error={problem(field.key)}>
        <Control field={field} value={values[field.key]} onChange={(value) => set(field.key, value)} />
      </Field>
    );
  });
}

function Control({ field, value, onChange }: { field: FieldDef; value: unknown; onChange: (value: unknown) => void }) {
  const text = value === null || value === undefined ? "" : String(value);
  if (field.kind === "choice") {
    return (
      <Select value={text} onChange={onChange} options={(field.choices ?? []).map(({ key, name }) => ({ value: key, label: name }))} />
    );
  }
  if (field.kind === "longtext") return <Textarea value={text} onChange={(event) => onChange(event.target.value)} />;
  if (field.kind === "number") {
    return (
      <Input
        inputMode="decimal"
        value={text}
        onChange={(event) => onChange(event.target.value === "" ? null : Number(event.target.value.replace(",", ".")))}
      />
    );
  }
  return <Input type={field.kind === "date" ? "date" : "text"} value={text} onChange={(event) => onChange(event.target.value || null)} />;
}
