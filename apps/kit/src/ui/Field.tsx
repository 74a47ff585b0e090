import { CircleAlert } from "lucide-react";
import { createContext, type ReactNode, useContext, useId } from "react";
import { useWords } from "../words/useWords.ts";
import css from "./Field.module.css";
import { Icon } from "./Icon.tsx";
import words from "./words.json";

/** What a control inside a Field wears: its id, and who describes it. */
export interface FieldLinks {
  id?: string;
  "aria-labelledby"?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
  "aria-required"?: true;
}

const Links = createContext<FieldLinks>({});

/** For controls of the kit: the links of the Field around, none outside one. */
export function useField(): FieldLinks {
  return useContext(Links);
}

export interface FieldProps {
  label: string;
  /** A line under the label; said after the name by a screen reader. */
  hint?: ReactNode;
  /** What is wrong, in a sentence. Usually `problem?.field("subject")`. */
  error?: string;
  required?: boolean;
  /** The label stays for screen readers only. */
  labelHidden?: boolean;
  /** Words at the right of the label, such as a link. */
  aside?: ReactNode;
  children: ReactNode;
}

/** A label, a hint and an error around one control: Input, Textarea, Select, Combobox, DateTimeField. */
export function Field({ label, hint, error, required, labelHidden, aside, children }: FieldProps) {
  const id = useId();
  const t = useWords(words);
  const described = [hint && `${id}h`, error && `${id}e`].filter(Boolean).join(" ");
  return (
    <div className={css.field}>
      <div className={labelHidden ? "vh" : css.label}>
        <label htmlFor={id} id={`${id}l`}>
          {label}
        </label>
        {required && (
          <span className={css.star} title={t("required")} aria-hidden="true">
            *
          </span>
        )}
        {aside}
      </div>
      {hint && (
        <div id={`${id}h`} className={css.hint}>
          {hint}
        </div>
      )}
      <Links
        value={{
          id,
          "aria-labelledby": `${id}l`,
          "aria-describedby": described || undefined,
          "aria-invalid": error ? true : undefined,
          "aria-required": required ? true : undefined,
        }}
      >
        {children}
      </Links>
      {error && (
        <div id={`${id}e`} className={css.error}>
          <Icon of={CircleAlert} size={12} />
          {error}
        </div>
      )}
    </div>
  );
}
