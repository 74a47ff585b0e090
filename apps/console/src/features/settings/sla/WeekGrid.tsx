import { IconButton } from "@manydesk/kit/ui/Button";
import { useFormats } from "@manydesk/kit/words/format";
import { useWords } from "@manydesk/kit/words/useWords";
import { Plus } from "lucide-react";
import { useState } from "react";
import { lengthOf } from "../../../parts/hours.ts";
import { Interval } from "./Interval.tsx";
import css from "./Sla.module.css";
import { type CalendarSpec, type Hours, type Weekday, weekdays } from "./spec.ts";
import { add, freeStart, windowOf } from "./week.ts";
import words from "./words.json";

interface Props {
  weekly: NonNullable<CalendarSpec["weekly"]>;
  onChange: (weekly: NonNullable<CalendarSpec["weekly"]>) => void;
  /** What the server says of an interval: `mon/0`. */
  error: (pointer: string) => string | undefined;
  readOnly: boolean;
}

/** Seven lanes of a week: a press adds hours, dragging and arrow keys move and stretch them, Enter opens the numbers. */
export function WeekGrid({ weekly, onChange, error, readOnly }: Props) {
  const t = useWords(words);
  const f = useFormats();
  const [from, to] = windowOf(weekdays.map((day) => weekly[day] ?? []));
  const [focus, setFocus] = useState<string | null>(null);
  const set = (day: Weekday, hours: Hours[]) => onChange({ ...weekly, [day]: hours });
  const total = weekdays.reduce((sum, day) => sum + lengthOf(weekly[day] ?? []), 0);
  const insert = (day: Weekday, at: number) => {
    const hours = weekly[day] ?? [];
    const next = add(hours, at);
    const made = next.findIndex((one) => !hours.some((old) => old[0] === one[0]));
    if (made < 0) return;
    setFocus(`${day}${made}`);
    set(day, next);
  };
  return (
    <fieldset className={css.week}>
      <legend className="vh">{t("week")}</legend>
      {weekdays.map((day) => {
        const hours = weekly[day] ?? [];
        const minutes = lengthOf(hours);
        return (
          <div key={day} className={css.day}>
            <span className={minutes === 0 ? css.off : undefined} aria-hidden="true">
              {t(`short.${day}`)}
            </span>
            {/* biome-ignore lint/a11y/noStaticElementInteractions: a press on the empty lane is a shortcut for its button. */}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: the button beside it does the same by keys. */}
            <div
              className={css.lane}
              onClick={(event) => {
                if (readOnly || event.target !== event.currentTarget) return;
                const box = event.currentTarget.getBoundingClientRect();
                insert(day, (from + ((event.clientX - box.left) / box.width) * (to - from)) * 60);
              }}
            >
              {hours.map((_one, index) => (
                <Interval
                  // biome-ignore lint/suspicious/noArrayIndexKey: an interval has no other name than its place.
                  key={index}
                  day={day}
                  hours={hours}
                  index={index}
                  window={[from, to]}
                  focused={focus === `${day}${index}`}
                  onChange={(next) => set(day, next)}
                  error={error(`${day}/${index}`) ?? error(`${day}/${index}/0`) ?? error(`${day}/${index}/1`)}
                  readOnly={readOnly}
                />
              ))}
            </div>
            <span className={css.length}>{minutes === 0 ? t("dayOff") : f.duration(minutes * 60, { hours: true })}</span>
            {!readOnly && (
              <IconButton
                size="xs"
                icon={Plus}
                label={t("addHours", { day: t(`day.${day}`) })}
                onClick={() => insert(day, freeStart(hours))}
              />
            )}
          </div>
        );
      })}
      <div className={css.day}>
        <span />
        <Axis from={from} to={to} />
        <b className={css.length}>{f.duration(total * 60, { hours: true })}</b>
      </div>
    </fieldset>
  );
}

/** Every second hour under the lanes. */
export function Axis({ from, to }: { from: number; to: number }) {
  const marks: number[] = [];
  for (let hour = from; hour <= to; hour += to - from > 18 ? 4 : 2) marks.push(hour);
  return (
    <span className={css.axis} aria-hidden="true">
      {marks.map((hour) => (
        <span key={hour} style={{ left: `${((hour - from) / (to - from)) * 100}%` }}>
          {String(hour).padStart(2, "0")}
        </span>
      ))}
    </span>
  );
}
