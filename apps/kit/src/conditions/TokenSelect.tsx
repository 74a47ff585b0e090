import * as Ariakit from "@ariakit/react";
import { Check, ChevronDown } from "lucide-react";
import { cx } from "../look/cx.ts";
import { floating } from "../look/floats.ts";
import float from "../ui/float.module.css";
import { Icon } from "../ui/Icon.tsx";
import { useWords } from "../words/useWords.ts";
import css from "./conditions.module.css";
import words from "./words.json";

interface Choice {
  value: string;
  label: string;
}

interface Common {
  /** Its name for a screen reader. */
  label: string;
  options: readonly Choice[];
  look?: "field" | "op" | "value";
  invalid?: boolean;
  describedBy?: string;
}

/** One of a list, as a token of the sentence. */
export function TokenSelect({ value, onChange, ...rest }: Common & { value: string; onChange: (value: string) => void }) {
  const shown = rest.options.find((one) => one.value === value)?.label ?? value;
  return (
    <Ariakit.SelectProvider value={value} setValue={(next: string) => onChange(next)} placement="bottom-start">
      <Token {...rest} shown={shown} />
      <List options={rest.options} chosen={[value]} />
    </Ariakit.SelectProvider>
  );
}

/** Several of a list, as one token that names them. */
export function TokenSelectMany({ value, onChange, ...rest }: Common & { value: readonly string[]; onChange: (value: string[]) => void }) {
  const label = (key: string) => rest.options.find((one) => one.value === key)?.label ?? key;
  return (
    <Ariakit.SelectProvider value={[...value]} setValue={(next: string[]) => onChange(next)} placement="bottom-start">
      <Token {...rest} shown={value.map(label).join(", ")} />
      <List options={rest.options} chosen={value} />
    </Ariakit.SelectProvider>
  );
}

function Token({ label, look = "value", shown, invalid, describedBy }: Common & { shown: string }) {
  const t = useWords(words);
  return (
    <Ariakit.Select
      aria-label={shown ? `${label}: ${shown}` : label}
      aria-describedby={describedBy}
      data-invalid={invalid || undefined}
      className={cx(css.token, look === "op" && css.op, look === "value" && css.value)}
    >
      <span className={cx(!shown && css.none)}>{shown || t("choose")}</span>
      {look !== "op" && <Icon of={ChevronDown} size={12} />}
    </Ariakit.Select>
  );
}

function List({ options, chosen }: { options: readonly Choice[]; chosen: readonly string[] }) {
  return (
    <Ariakit.SelectPopover gutter={4} className={float.panel} {...floating}>
      {options.map((option) => (
        <Ariakit.SelectItem key={option.value} value={option.value} className={float.item}>
          <span className={float.label}>{option.label}</span>
          {chosen.includes(option.value) && (
            <span className={float.end}>
              <Icon of={Check} />
            </span>
          )}
        </Ariakit.SelectItem>
      ))}
    </Ariakit.SelectPopover>
  );
}
