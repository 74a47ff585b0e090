import type { LucideIcon } from "lucide-react";
import { type InputHTMLAttributes, type ReactNode, type Ref, useId } from "react";
import { cx } from "../look/cx.ts";
import css from "./Choice.module.css";
import { Icon } from "./Icon.tsx";

type Box = Omit<InputHTMLAttributes<HTMLInputElement>, "type" | "onChange" | "checked">;

export interface CheckboxProps extends Box {
  checked: boolean;
  onChange: (checked: boolean) => void;
  /** Shown beside the box; give `aria-label` instead where there is no room. */
  label?: ReactNode;
  hint?: ReactNode;
  /** Some of what it stands for is chosen. */
  partly?: boolean;
  ref?: Ref<HTMLInputElement>;
}

export function Checkbox({ checked, onChange, label, hint, partly, className, ...rest }: CheckboxProps) {
  return (
    <label className={cx(css.choice, className)}>
      <input
        {...rest}
        type="checkbox"
        className={css.box}
        checked={checked}
        ref={(node) => {
          if (node) node.indeterminate = Boolean(partly);
        }}
        onChange={(event) => onChange(event.target.checked)}
      />
      <Words label={label} hint={hint} />
    </label>
  );
}

/** A setting that takes effect at once. */
export function Switch({ checked, onChange, label, hint, spread, ...rest }: Omit<CheckboxProps, "partly"> & { spread?: boolean }) {
  return (
    <label className={cx(css.choice, spread && css.spread)}>
      <input
        {...rest}
        type="checkbox"
        role="switch"
        aria-checked={checked}
        className={css.switch}
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
      />
      <Words label={label} hint={hint} />
    </label>
  );
}

function Words({ label, hint }: { label?: ReactNode; hint?: ReactNode }) {
  if (!label && !hint) return null;
  return (
    <span>
      {label}
      {hint && <span className={css.hint}>{hint}</span>}
    </span>
  );
}

export interface RadioOption<V extends string> {
  value: V;
  label: string;
  hint?: string;
  icon?: LucideIcon;
  disabled?: boolean;
}

export interface RadioGroupProps<V extends string> {
  label: string;
  labelHidden?: boolean;
  value: V | "";
  onChange: (value: V) => void;
  options: readonly RadioOption<V>[];
  /** `cards` for a choice with pictures, `list` (the default) for the rest. */
  look?: "list" | "cards" | "chips";
  required?: boolean;
  error?: string;
}

/** One of several, all in sight. Arrows move and choose. */
export function RadioGroup<V extends string>({
  label,
  labelHidden,
  value,
  onChange,
  options,
  look = "list",
  required,
  error,
}: RadioGroupProps<V>) {
  const name = useId();
  return (
    <fieldset
      className={css.group}
      aria-required={required}
      aria-invalid={error ? true : undefined}
      aria-describedby={error && `${name}e`}
      role="radiogroup"
    >
      <legend className={labelHidden ? "vh" : undefined}>{label}</legend>
      <div className={cx(look === "cards" && css.cards, look === "chips" && css.chips, look === "list" && css.group)}>
        {options.map((option) => (
          <label key={option.value} className={look === "cards" ? css.card : look === "chips" ? css.chip : css.choice}>
            <input
              type="radio"
              className={look === "list" ? css.dot : undefined}
              name={name}
              value={option.value}
              checked={option.value === value}
              disabled={option.disabled}
              onChange={() => onChange(option.value)}
            />
            {option.icon && <Icon of={option.icon} size={20} />}
            <Words label={option.label} hint={option.hint} />
          </label>
        ))}
      </div>
      {error && (
        <span id={`${name}e`} className={css.error}>
          {error}
        </span>
      )}
    </fieldset>
  );
}

export interface ChipGroupProps {
  label: string;
  value: readonly string[];
  onChange: (value: string[]) => void;
  options: readonly { value: string; label: string }[];
  /** At most so many may be chosen; the rest fall silent then. */
  most?: number;
}

/** Several words to pick from: the reasons of a rating. */
export function ChipGroup({ label, value, onChange, options, most = Number.POSITIVE_INFINITY }: ChipGroupProps) {
  return (
    <fieldset className={css.group}>
      <legend>{label}</legend>
      <div className={css.chips}>
        {options.map((option) => {
          const on = value.includes(option.value);
          return (
            <label key={option.value} className={css.chip}>
              <input
                type="checkbox"
                checked={on}
                disabled={!on && value.length >= most}
                onChange={() => onChange(on ? value.filter((one) => one !== option.value) : [...value, option.value])}
              />
              {option.label}
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
