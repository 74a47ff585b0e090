import type { TypeDef } from "@manydesk/kit/api/portal";
import { cx } from "@manydesk/kit/look/cx";
import { useWords } from "@manydesk/kit/words/useWords";
import page from "../../parts/page.module.css";
import css from "./Filing.module.css";
import { Line, Mark } from "./OwnField.tsx";
import words from "./words.json";

/** What the request is about: one card a type. */
export function TypeCards({
  types,
  value,
  onChange,
  error,
}: {
  types: readonly TypeDef[];
  value: string;
  onChange: (key: string) => void;
  error: string | undefined;
}) {
  const t = useWords(words);
  return (
    <fieldset className={page.f}>
      <legend className={cx(page.label, css.legend)}>
        {t("type")} <Mark />
      </legend>
      <div className={css.types}>
        {types.map((one) => (
          <label key={one.key} className={css.option}>
            <input
              type="radio"
              name="type"
              value={one.key}
              checked={one.key === value}
              onChange={() => onChange(one.key)}
              aria-invalid={error ? true : undefined}
              aria-describedby="type-error"
            />
            <span>{one.name}</span>
          </label>
        ))}
      </div>
      <Line id="type-error">{error}</Line>
    </fieldset>
  );
}
