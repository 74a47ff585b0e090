import { type InputHTMLAttributes, useState } from "react";
import { cx } from "../look/cx.ts";
import css from "./conditions.module.css";

interface TokenInputProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "value" | "onChange"> {
  label: string;
  value: string;
  onChange: (value: string) => void;
  invalid?: boolean;
  describedBy?: string;
}

/** A typed value, as a token. */
export function TokenInput({ label, value, onChange, invalid, describedBy, className, ...rest }: TokenInputProps) {
  return (
    <input
      {...rest}
      aria-label={label}
      aria-invalid={invalid || undefined}
      aria-describedby={describedBy}
      className={cx(css.token, css.value, className)}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

/** A number as it is typed: a comma is a point, what is no number yet is no value. */
export function NumberInput({
  value,
  onChange,
  ...rest
}: {
  label: string;
  value: unknown;
  onChange: (value: number | undefined) => void;
  invalid?: boolean;
  describedBy?: string;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const given = typeof value === "number" ? String(value) : "";
  return (
    <TokenInput
      {...rest}
      inputMode="decimal"
      className={css.number}
      value={typed ?? given}
      onChange={(text) => {
        setTyped(text);
        onChange(read(text));
      }}
      onBlur={() => setTyped(null)}
    />
  );
}

function read(text: string): number | undefined {
  const n = Number(text.trim().replace(",", ".").replace("−", "-"));
  return text.trim() === "" || !Number.isFinite(n) ? undefined : n;
}

/** A time of day, always of 24 hours: "9" is 09:00 when it is left. */
export function ClockInput(props: Omit<TokenInputProps, "type">) {
  return (
    <TokenInput
      {...props}
      inputMode="numeric"
      placeholder="00:00"
      maxLength={5}
      className={css.clock}
      onBlur={() => {
        const found = /^(\d{1,2})(?::?(\d{2}))?$/.exec(props.value.trim());
        if (found) props.onChange(`${found[1]?.padStart(2, "0")}:${found[2] ?? "00"}`);
      }}
    />
  );
}
