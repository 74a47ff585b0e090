import * as Ariakit from "@ariakit/react";
import { Check, ChevronDown } from "lucide-react";
import { type ReactNode, useId } from "react";
import { cx } from "../look/cx.ts";
import { floating } from "../look/floats.ts";
import button from "./Button.module.css";
import css from "./Field.module.css";
import { useField } from "./Field.tsx";
import float from "./float.module.css";
import { Icon } from "./Icon.tsx";

export interface Option<V extends string = string> {
  value: V;
  label: string;
  hint?: string;
  /** Drawn before the label: a ring, bars, a tile. */
  mark?: ReactNode;
  disabled?: boolean;
}

export interface SelectProps<V extends string> {
  value: V | "";
  onChange: (value: V) => void;
  options: readonly Option<V>[];
  placeholder?: string;
  size?: "sm" | "md";
  /** `button` for bars (status, priority), `field` for forms (the default). */
  look?: "field" | "button" | "ghost";
  /** The name, when there is no Field around. */
  "aria-label"?: string;
  disabled?: boolean;
}

/** One choice out of a short list. Letters jump to it, arrows move, Esc keeps the old one. */
export function Select<V extends string>({
  value,
  onChange,
  options,
  placeholder,
  size = "md",
  look = "field",
  disabled,
  ...rest
}: SelectProps<V>) {
  const { "aria-invalid": invalid, ...links } = useField();
  const chosen = options.find((option) => option.value === value);
  const own = useId();
  const named = links["aria-labelledby"] && `${links["aria-labelledby"]} ${own}`;
  const shape =
    look === "field" ? cx(css.box, size === "md" && css.md) : cx(button.btn, look === "ghost" && button.ghost, size === "md" && button.md);
  return (
    <Ariakit.SelectProvider value={value} setValue={(next: string) => onChange(next as V)} placement="bottom-start">
      <Ariakit.Select
        {...links}
        {...rest}
        aria-labelledby={named}
        aria-label={rest["aria-label"] && (chosen ? `${rest["aria-label"]}: ${chosen.label}` : rest["aria-label"])}
        className={shape}
        disabled={disabled}
        accessibleWhenDisabled
        data-invalid={invalid}
      >
        {chosen?.mark}
        <span id={own} className={cx(css.value, !chosen && css.faint)}>
          {chosen?.label ?? placeholder ?? ""}
        </span>
        <Icon of={ChevronDown} size={14} />
      </Ariakit.Select>
      <Ariakit.SelectPopover gutter={4} sameWidth={look === "field"} className={float.panel} {...floating}>
        {options.map((option) => (
          <Ariakit.SelectItem key={option.value} value={option.value} disabled={option.disabled} className={float.item}>
            {option.mark}
            <span className={float.label}>
              {option.label}
              {option.hint && <span className={float.hint}>{option.hint}</span>}
            </span>
            {option.value === value && (
              <span className={float.end}>
                <Icon of={Check} />
              </span>
            )}
          </Ariakit.SelectItem>
        ))}
      </Ariakit.SelectPopover>
    </Ariakit.SelectProvider>
  );
}
