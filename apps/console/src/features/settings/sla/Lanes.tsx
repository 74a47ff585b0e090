import type { Segment } from "@manydesk/kit/api/sla";
import { cx } from "@manydesk/kit/look/cx";
import { useFormats } from "@manydesk/kit/words/format";
import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { Fragment } from "react";
import { hoursOf, lanesOf, shownLanes } from "./lanes.ts";
import css from "./Sla.module.css";
import { Axis } from "./WeekGrid.tsx";
import words from "./words.json";

/** The way to a deadline day by day: counted blue, closed hatched, an ink mark at the start, a red one at the deadline. */
export function Lanes({ segments, zone }: { segments: readonly Segment[]; zone: string }) {
  const t = useWords(words);
  const f = useFormats();
  const language = useLanguage();
  const { shown, hidden } = shownLanes(lanesOf(segments, zone));
  const [from, to] = hoursOf(shown);
  const place = (at: number) => `${((Math.min(Math.max(at, from), to) - from) / (to - from)) * 100}%`;
  const name = (day: Date) =>
    new Intl.DateTimeFormat(language === "ru" ? "ru-RU" : "en-GB", { weekday: "short", day: "numeric", timeZone: zone }).formatToParts(day);
  return (
    <div className={css.lanes} role="img" aria-label={t("lanes")}>
      {shown.map((lane, index) => (
        <Fragment key={lane.day.getTime()}>
          {hidden > 0 && index === 2 && <span className={css.hidden}>{t("lanes.hidden", { n: hidden })}</span>}
          <span className={css.which}>
            {["weekday", "day"]
              .map((type) =>
                name(lane.day)
                  .find((part) => part.type === type)
                  ?.value.toLowerCase(),
              )
              .join(" ")}
          </span>
          <span className={css.track}>
            {lane.parts.map((part) => {
              const wide = (Math.min(part.to, to) - Math.max(part.from, from)) / (to - from);
              if (wide <= 0) return null;
              return (
                <i key={part.from} className={cx(css[part.kind])} style={{ left: place(part.from), width: `${wide * 100}%` }}>
                  {part.kind === "working" && wide > 0.16 ? f.duration(part.seconds) : ""}
                </i>
              );
            })}
            {lane.start !== undefined && <u style={{ left: place(lane.start) }} />}
            {lane.due !== undefined && <u className={css.due} style={{ left: place(lane.due) }} />}
          </span>
        </Fragment>
      ))}
      <span />
      <Axis from={from} to={to} />
    </div>
  );
}
