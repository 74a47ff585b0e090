import { cx } from "../look/cx.ts";
import { useWords } from "../words/useWords.ts";
import css from "./conditions.module.css";
import { type ConditionField, shapeOf } from "./field.ts";
import { Keys } from "./Keys.tsx";
import { Moment, While } from "./Moment.tsx";
import { ClockInput, NumberInput, TokenInput } from "./TokenInput.tsx";
import { TokenSelect, TokenSelectMany } from "./TokenSelect.tsx";
import words from "./words.json";

export interface ValueProps {
  field: ConditionField;
  op: string;
  value: unknown;
  onChange: (value: unknown) => void;
  calendars: readonly { key: string; name: string }[];
  invalid?: boolean;
  describedBy?: string;
}

const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** What a comparison compares with, edited in the way of its kind. */
export function Value({ field, op, value, onChange, calendars, invalid, describedBy }: ValueProps) {
  const t = useWords(words);
  const label = t("value", { name: field.name });
  const common = { label, invalid, describedBy };
  switch (shapeOf(field, op)) {
    case "none":
      return null;
    case "text":
      return <TokenInput {...common} value={asText(value)} onChange={onChange} className={cx(css.input, op === "matches" && css.mono)} />;
    case "number":
      return <NumberInput {...common} value={value} onChange={onChange} />;
    case "numbers":
      return <Pair field={field} kind="number" value={value} onChange={onChange} invalid={invalid} describedBy={describedBy} />;
    case "choice":
      return <TokenSelect {...common} options={named(field.choices)} value={asText(value)} onChange={(key) => onChange(Number(key))} />;
    case "keys":
    case "tags":
      return <Keys {...common} field={field} value={asList(value)} onChange={onChange} />;
    case "truth":
      return (
        <TokenSelect
          {...common}
          options={[
            { value: "true", label: t("yes") },
            { value: "false", label: t("no") },
          ]}
          value={String(value)}
          onChange={(key) => onChange(key === "true")}
        />
      );
    case "calendar":
      return <TokenSelect {...common} options={named(calendars)} value={asText(value)} onChange={onChange} />;
    case "days":
      return (
        <TokenSelectMany
          {...common}
          options={weekdays.map((day) => ({ value: day, label: t(day) }))}
          value={asList(value)}
          onChange={(days) => onChange(weekdays.filter((day) => days.includes(day)))}
        />
      );
    case "hours":
      return <Pair field={field} kind="time" value={value} onChange={onChange} invalid={invalid} describedBy={describedBy} />;
    case "dates":
      return <Pair field={field} kind="date" value={value} onChange={onChange} invalid={invalid} describedBy={describedBy} />;
    case "day":
      return <TokenInput {...common} type="date" value={asText(value)} onChange={onChange} />;
    case "while":
      return <While {...common} name={field.name} value={value} onChange={onChange} />;
    case "moment":
      return <Moment {...common} name={field.name} value={value} onChange={onChange} />;
  }
}

const named = (list: readonly { key: string; name: string }[] = []) => list.map((one) => ({ value: one.key, label: one.name }));
const asText = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const asList = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

function Pair({
  field,
  kind,
  value,
  onChange,
  invalid,
  describedBy,
}: {
  field: ConditionField;
  kind: "number" | "time" | "date";
  value: unknown;
  onChange: (value: unknown) => void;
  invalid?: boolean;
  describedBy?: string;
}) {
  const t = useWords(words);
  const pair: unknown[] = Array.isArray(value) ? value : [];
  const one = (index: 0 | 1) => {
    const label = index === 0 ? t("from", { name: field.name }) : t("to", { name: field.name });
    const change = (next: unknown) => onChange(index === 0 ? [next, pair[1]] : [pair[0], next]);
    const common = { label, invalid, describedBy };
    if (kind === "number" && !field.choices?.length) return <NumberInput {...common} value={pair[index]} onChange={change} />;
    if (kind === "number") {
      const options = named(field.choices);
      return <TokenSelect {...common} options={options} value={asText(pair[index])} onChange={(key) => change(Number(key))} />;
    }
    if (kind === "time") return <ClockInput {...common} value={asText(pair[index])} onChange={change} />;
    return <TokenInput {...common} type={kind} value={asText(pair[index])} onChange={change} />;
  };
  return (
    <>
      {one(0)}
      <span className={css.plain}>{t("dash")}</span>
      {one(1)}
    </>
  );
}
