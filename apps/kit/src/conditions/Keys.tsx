import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { cx } from "../look/cx.ts";
import { MultiCombobox } from "../ui/Combobox.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Popover } from "../ui/Popover.tsx";
import type { Option } from "../ui/Select.tsx";
import { useWords } from "../words/useWords.ts";
import css from "./conditions.module.css";
import type { ConditionField } from "./field.ts";
import { TokenSelectMany } from "./TokenSelect.tsx";
import words from "./words.json";

/** A list that is short enough to be looked through. */
const short = 30;

export interface KeysProps {
  label: string;
  field: ConditionField;
  value: readonly string[];
  onChange: (value: string[]) => void;
  invalid?: boolean;
  describedBy?: string;
}

/** Some of a field's values: of a short list, of one found by typing, or new tags. */
export function Keys({ label, field, value, onChange, invalid, describedBy }: KeysProps) {
  const t = useWords(words);
  const [met, setMet] = useState<readonly Option[]>([]);
  const options: Option[] = (field.choices ?? []).map((one) => ({ value: one.key, label: one.name }));
  if (field.kind !== "tags" && !field.load && options.length <= short) {
    return (
      <TokenSelectMany label={label} options={options} value={value} onChange={onChange} invalid={invalid} describedBy={describedBy} />
    );
  }
  const known = [...options, ...met];
  const chosen = value.map((key) => known.find((one) => one.value === key) ?? { value: key, label: key });
  const shown = chosen.map((one) => one.label).join(", ");
  return (
    <Popover
      label={label}
      button={
        <button
          type="button"
          className={cx(css.token, css.value)}
          aria-label={shown ? `${label}: ${shown}` : label}
          aria-describedby={describedBy}
          data-invalid={invalid || undefined}
        >
          <span className={cx(!shown && css.none)}>{shown || t("choose")}</span>
          <Icon of={ChevronDown} size={12} />
        </button>
      }
    >
      {() => (
        <div className={css.pick}>
          <MultiCombobox
            aria-label={label}
            value={chosen}
            {...(field.load ? { load: field.load } : { options })}
            {...(field.kind === "tags" && { create: (text: string) => ({ value: text.toLowerCase(), label: text.toLowerCase() }) })}
            onChange={(next) => {
              setMet(next);
              onChange(next.map((one) => one.value));
            }}
          />
        </div>
      )}
    </Popover>
  );
}

/** Tags, chosen or new, as a token of a sentence. */
export function TagsToken({ name, ...rest }: Omit<KeysProps, "field"> & { name: string }) {
  return <Keys {...rest} field={{ key: "tags", kind: "tags", name, ops: [] }} />;
}
