import type { FieldDef } from "@manydesk/kit/api/agent";
import type { AskedQuestion } from "@manydesk/kit/api/forms";
import { Checkbox } from "@manydesk/kit/ui/Choice";
import { Field } from "@manydesk/kit/ui/Field";
import { Input, Textarea } from "@manydesk/kit/ui/Input";
import { Select } from "@manydesk/kit/ui/Select";
import { useWords } from "@manydesk/kit/words/useWords";
import { answerOf } from "./asking.ts";
import words from "./words.json";

interface Props {
  /** What is asked now: see `useAsked`. */
  questions: readonly AskedQuestion[];
  /** What was typed; it stays while a question is not asked. */
  values: Record<string, unknown>;
  onChange: (values: Record<string, unknown>) => void;
  /** What is wrong with a field, by its key. */
  problem: (key: string) => string | undefined;
}

/** The questions that a tenant's form asks now. */
export function TypeFields({ questions, values, onChange, problem }: Props) {
  const set = (key: string, value: unknown) => onChange({ ...values, [key]: value });
  return questions.map((question) => {
    const value = answerOf(question, values);
    // A box that stands empty is no answer: what must be answered has a "no" of its own.
    if (question.kind === "boolean" && !question.required) {
      return (
        <Checkbox
          key={question.key}
          label={question.name}
          hint={question.hint}
          checked={value === true}
          onChange={(on) => set(question.key, on)}
        />
      );
    }
    return (
      <Field key={question.key} label={question.name} hint={question.hint} required={question.required} error={problem(question.key)}>
        <Control field={question} value={value} onChange={(next) => set(question.key, next)} />
      </Field>
    );
  });
}

function Control({ field, value, onChange }: { field: FieldDef; value: unknown; onChange: (value: unknown) => void }) {
  const t = useWords(words);
  const text = value === null || value === undefined ? "" : String(value);
  const none = field.required ? [] : [{ value: "", label: "—" }];
  if (field.kind === "choice") {
    const choices = (field.choices ?? []).map(({ key, name }) => ({ value: key, label: name }));
    return <Select value={text} onChange={(next) => onChange(next || null)} options={[...none, ...choices]} />;
  }
  if (field.kind === "boolean") {
    const choices = [
      { value: "true", label: t("yes") },
      { value: "false", label: t("no") },
    ];
    return <Select value={text} onChange={(next) => onChange(next === "true")} options={choices} />;
  }
  if (field.kind === "longtext") return <Textarea value={text} onChange={(event) => onChange(event.target.value || null)} />;
  // A number stays as it is typed until it is sent: «4,0» may yet become «4,05».
  if (field.kind === "number") return <Input inputMode="decimal" value={text} onChange={(event) => onChange(event.target.value || null)} />;
  return <Input type={field.kind === "date" ? "date" : "text"} value={text} onChange={(event) => onChange(event.target.value || null)} />;
}
