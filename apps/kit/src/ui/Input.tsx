import { type LucideIcon, Search, X } from "lucide-react";
import { type InputHTMLAttributes, type ReactNode, type Ref, type TextareaHTMLAttributes, useLayoutEffect, useRef } from "react";
import type { Combo } from "../keys/combo.ts";
import { cx } from "../look/cx.ts";
import { useWords } from "../words/useWords.ts";
import { IconButton } from "./Button.tsx";
import css from "./Field.module.css";
import { useField } from "./Field.tsx";
import { Icon } from "./Icon.tsx";
import { Kbd } from "./Kbd.tsx";
import words from "./words.json";

export interface InputProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "size"> {
  /** 32 in bars, 40 in forms (the default). */
  size?: "sm" | "md";
  icon?: LucideIcon;
  /** At the right, inside the box: a unit, a button. */
  end?: ReactNode;
  ref?: Ref<HTMLInputElement>;
}

/** One line of text. Inside a Field it takes its name and error from there; alone it needs `aria-label`. */
export function Input({ size = "md", icon, end, className, ...rest }: InputProps) {
  const { "aria-labelledby": _name, ...links } = useField();
  return (
    <div className={cx(css.box, size === "md" && css.md, className)}>
      {icon && <Icon of={icon} />}
      <input {...links} {...rest} />
      {end}
    </div>
  );
}

export interface SearchInputProps extends Omit<InputProps, "value" | "onChange" | "end" | "icon" | "type"> {
  value: string;
  onChange: (value: string) => void;
  keys?: Combo;
}

/** A search box: Esc or the cross empties it. */
export function SearchInput({ value, onChange, keys, size = "sm", ...rest }: SearchInputProps) {
  const t = useWords(words);
  const clear = <IconButton icon={X} label={t("clear")} size="xs" onClick={() => onChange("")} />;
  return (
    <Input
      {...rest}
      type="search"
      size={size}
      icon={Search}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === "Escape" && value) {
          event.stopPropagation();
          onChange("");
        }
      }}
      end={value ? clear : keys && <Kbd combo={keys} />}
    />
  );
}

export interface TextareaProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  /** No box of its own: for a composer that draws one around. */
  bare?: boolean;
  ref?: Ref<HTMLTextAreaElement>;
}

/** Several lines of text; it grows with them. */
export function Textarea({ bare, className, ref, rows = 3, ...rest }: TextareaProps) {
  const { "aria-labelledby": _name, ...links } = useField();
  const own = useRef<HTMLTextAreaElement>(null);
  const { value } = rest;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text.
  useLayoutEffect(() => grow(own.current), [value]);
  return (
    <textarea
      {...links}
      rows={rows}
      {...rest}
      ref={(node) => {
        own.current = node;
        if (typeof ref === "function") return ref(node);
        if (ref) ref.current = node;
      }}
      className={cx(css.box, css.area, bare && css.bare, className)}
    />
  );
}

// Browsers without `field-sizing` get their height by measure.
function grow(area: HTMLTextAreaElement | null): void {
  if (!area || globalThis.CSS?.supports?.("field-sizing", "content")) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}
