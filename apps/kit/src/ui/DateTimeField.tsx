import { useMemo } from "react";
import { presets, toLocal } from "../look/presets.ts";
import { useFormats } from "../words/format.ts";
import { useWords } from "../words/useWords.ts";
import { Button } from "./Button.tsx";
import css from "./DateTimeField.module.css";
import { Input } from "./Input.tsx";
import words from "./words.json";

export interface DateTimeFieldProps {
  /** RFC 3339, or empty. */
  value: string;
  onChange: (value: string) => void;
  /** Ready answers to «до какого времени»: in an hour, this evening, tomorrow, Monday. */
  withPresets?: boolean;
  now?: Date;
  min?: Date;
  max?: Date;
  /** Seconds between the times that are offered. */
  step?: number;
}

/** A day and a time in the viewer's zone, with ready answers. Inside a Field. */
export function DateTimeField({ value, onChange, withPresets = true, now, min, max, step = 300 }: DateTimeFieldProps) {
  const t = useWords(words);
  const f = useFormats();
  const start = useMemo(() => now ?? new Date(), [now]);
  return (
    <div className={css.column}>
      <Input
        type="datetime-local"
        value={value ? toLocal(new Date(value)) : ""}
        min={toLocal(min ?? start)}
        max={max && toLocal(max)}
        step={step}
        onChange={(event) => onChange(event.target.value ? new Date(event.target.value).toISOString() : "")}
      />
      {withPresets && (
        <div className={css.presets}>
          {presets(start).map(({ key, at }) => (
            <Button key={key} size="xs" aria-pressed={value === at.toISOString()} onClick={() => onChange(at.toISOString())}>
              {t(`preset_${key}`)}
              <span className="muted">{key === "hour" ? f.time(at) : f.moment(at, start)}</span>
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}
