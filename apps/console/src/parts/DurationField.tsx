import { Input } from "@manydesk/kit/ui/Input";
import { useFormats } from "@manydesk/kit/words/format";
import { useWords } from "@manydesk/kit/words/useWords";
import { useId, useState } from "react";
import css from "./DurationField.module.css";
import { readDuration, wholeDays } from "./durations.ts";
import words from "./words.json";

interface Props {
  label: string;
  minutes: number | null;
  /** How long a working day of this calendar is. */
  dayMinutes: number;
  always?: boolean;
  error?: string;
  readOnly?: boolean;
  onChange: (minutes: number | null) => void;
}

/** Working time as people write it; kept in minutes, said back in the shortest way. */
export function DurationField({ label, minutes, dayMinutes, always, error, readOnly, onChange }: Props) {
  const t = useWords(words);
  const say = useDuration();
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const shown = minutes === null ? "" : say(minutes, dayMinutes, always);
  const read = typed === null ? minutes : readDuration(typed, dayMinutes);
  const wrong = read === undefined ? t("duration.wrong") : error;
  return (
    <>
      <Input
        size="sm"
        aria-label={label}
        aria-invalid={wrong ? true : undefined}
        aria-describedby={wrong ? id : undefined}
        value={typed ?? shown}
        placeholder="—"
        readOnly={readOnly}
        className={minutes === null && typed === null ? css.none : undefined}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => {
          setTyped(event.target.value);
          const next = readDuration(event.target.value, dayMinutes);
          if (next !== undefined && next !== minutes) onChange(next);
        }}
        onBlur={() => read !== undefined && setTyped(null)}
      />
      {wrong && (
        <span id={id} className={css.wrong}>
          {wrong}
        </span>
      )}
    </>
  );
}

/** «4 ч», «1 ч 30 мин», and whole working days as «3 раб. дн». */
export function useDuration(): (minutes: number, dayMinutes: number, always?: boolean) => string {
  const t = useWords(words);
  const f = useFormats();
  return (minutes, dayMinutes, always) => {
    const days = always ? undefined : wholeDays(minutes, dayMinutes);
    return days === undefined ? f.duration(minutes * 60, { hours: !always }) : t("days", { n: days });
  };
}
