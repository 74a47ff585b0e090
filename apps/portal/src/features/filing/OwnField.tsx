import type { FieldDef } from "@manydesk/kit/api/portal";
import { Icon } from "@manydesk/kit/ui/Icon";
import { useWords } from "@manydesk/kit/words/useWords";
import { ChevronDown, CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import page from "../../parts/page.module.css";
import css from "./Filing.module.css";
import words from "./words.json";

interface Props {
  field: FieldDef;
  value: unknown;
  onChange: (value: unknown) => void;
  error: string | undefined;
}

/** One field of a type, as the tenant made it. */
export function OwnField({ field, value, onChange, error }: Props) {
  const t = useWords(words);
  const id = `field-${field.key}`;
  const links = {
    id,
    required: field.required,
    "aria-invalid": error ? (true as const) : undefined,
    "aria-describedby": `${field.hint ? `${id}-hint ` : ""}${id}-error`,
  };
  if (field.kind === "boolean") {
    return (
      <fieldset className={page.f}>
        <legend className={page.label}>
          {field.name} {field.required && <Mark />}
        </legend>
        {field.hint && <p className={page.hint}>{field.hint}</p>}
        <div className={css.yesno}>
          {[true, false].map((one) => (
            <label key={String(one)} className={css.option}>
              <input type="radio" name={id} checked={value === one} onChange={() => onChange(one)} aria-invalid={links["aria-invalid"]} />
              {one ? t("yes") : t("no")}
            </label>
          ))}
        </div>
        <Line id={`${id}-error`}>{error}</Line>
      </fieldset>
    );
  }
  const text = value === undefined || value === null ? "" : String(value);
  const said = (event: { target: { value: string } }) => onChange(event.target.value);
  return (
    <div className={page.f}>
      <label className={page.label} htmlFor={id}>
        {field.name} {field.required && <Mark />}
      </label>
      {field.hint && (
        <p id={`${id}-hint`} className={page.hint}>
          {field.hint}
        </p>
      )}
      {field.kind === "choice" ? (
        <div className={page.sel}>
          <select {...links} className={page.in} value={text} onChange={said}>
            <option value="">{t("choose")}</option>
            {field.choices?.map((one) => (
              <option key={one.key} value={one.key}>
                {one.name}
              </option>
            ))}
          </select>
          <Icon of={ChevronDown} size={20} />
        </div>
      ) : field.kind === "longtext" ? (
        <textarea {...links} className={page.in} value={text} onChange={said} />
      ) : (
        <input
          {...links}
          className={page.in}
          type={field.kind === "date" ? "date" : "text"}
          inputMode={field.kind === "number" ? "decimal" : undefined}
          value={text}
          onChange={said}
        />
      )}
      <Line id={`${id}-error`}>{error}</Line>
    </div>
  );
}

/** The star of a field that must be filled in; the field itself says so to a screen reader. */
export function Mark() {
  return (
    <span className={page.req} aria-hidden="true">
      *
    </span>
  );
}

/** What is wrong with a field. */
export function Line({ id, children }: { id: string; children: ReactNode }) {
  return (
    <div id={id}>
      {children ? (
        <p className={page.bad}>
          <Icon of={CircleAlert} />
          {children}
        </p>
      ) : null}
    </div>
  );
}
