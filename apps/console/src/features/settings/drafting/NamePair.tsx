import type { Words } from "@manydesk/kit/api/sla";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import css from "./Editor.module.css";

interface Props {
  labels: Record<"ru" | "en", string>;
  value: Words | undefined;
  error: (language?: "ru" | "en") => string | undefined;
  onChange: (value: Words) => void;
}

/** A word of a setting in both languages, side by side. */
export function NamePair({ labels, value, error, onChange }: Props) {
  return (
    <div className={css.pair}>
      {(["ru", "en"] as const).map((language) => (
        <Field key={language} label={labels[language]} error={error(language) ?? (language === "ru" ? error() : undefined)}>
          <Input value={value?.[language] ?? ""} onChange={(event) => onChange({ ...value, [language]: event.target.value })} />
        </Field>
      ))}
    </div>
  );
}
