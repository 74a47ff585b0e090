import type { ReactNode } from "react";
import { useWords } from "../words/useWords.ts";
import css from "./conditions.module.css";
import { useEdit } from "./edit.ts";
import { type ConditionField, withField, withOp, withValue } from "./field.ts";
import { useProblems } from "./Problems.tsx";
import { TokenSelect } from "./TokenSelect.tsx";
import { nodeAt, type Path, pointer, put } from "./tree.ts";
import { Value } from "./Value.tsx";
import words from "./words.json";

/** Field, comparison, value: three tokens of one sentence. */
export function Comparison({ path, menu }: { path: Path; menu: ReactNode }) {
  const t = useWords(words);
  const { tree, change, vocabulary, calendars } = useEdit();
  const node = nodeAt(tree, path);
  const field = vocabulary.find((one) => one.key === node.field);
  const problems = useProblems(path);
  const set = (next: typeof node) => change(put(tree, path, next));
  const known = vocabulary.map((one) => ({ value: one.key, label: one.name }));
  const gone = { value: node.field ?? "", label: `${node.field} (${t("gone")})` };
  return (
    <>
      <span data-part={`${pointer(path)} field`}>
        <TokenSelect
          label={t("field")}
          look="field"
          options={field ? known : [gone, ...known]}
          value={node.field ?? ""}
          onChange={(key) => {
            const next = vocabulary.find((one) => one.key === key);
            if (next) set(withField(node, next, field));
          }}
          invalid={problems.has("field")}
          describedBy={problems.id}
        />
      </span>
      {field && (
        <>
          <Operator field={field} op={node.op ?? ""} onChange={(op) => set(withOp(node, field, op))} />
          <Value
            field={field}
            op={node.op ?? ""}
            value={node.value}
            onChange={(value) => set(withValue(node, value))}
            calendars={calendars}
            invalid={problems.has("value")}
            describedBy={problems.id}
          />
        </>
      )}
      {menu}
    </>
  );
}

const said = [
  "is",
  "is_not",
  "contains",
  "not_contains",
  "starts_with",
  "matches",
  "less",
  "at_most",
  "more",
  "at_least",
  "between",
  "in",
  "not_in",
  "has_any",
  "has_all",
  "has_none",
  "before",
  "after",
  "within",
  "in_calendar",
  "not_in_calendar",
  "at_hours",
  "on_days",
  "empty",
  "not_empty",
] as const;

function Operator({ field, op, onChange }: { field: ConditionField; op: string; onChange: (op: string) => void }) {
  const t = useWords(words);
  const word = (one: string): string => {
    if (one === "after" && field.kind === "date") return t("op_after_date");
    const known = said.find((each) => each === one);
    return known ? t(`op_${known}`) : one;
  };
  if (field.ops.length === 1) return <span className={css.plain}>{word(op)}</span>;
  return (
    <TokenSelect
      label={t("comparison", { name: field.name })}
      look="op"
      options={field.ops.map((one) => ({ value: one, label: word(one) }))}
      value={op}
      onChange={onChange}
    />
  );
}
