import type { ClockKind } from "@manydesk/kit/api/sla";
import { Checkbox } from "@manydesk/kit/ui/Choice";
import { PriorityBars, usePriorityName } from "@manydesk/kit/ui/Priority";
import { Select } from "@manydesk/kit/ui/Select";
import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { useState } from "react";
import { DurationField } from "../../../parts/DurationField.tsx";
import { usualDay } from "../../../parts/durations.ts";
import { useClockName } from "../../../parts/useClockName.ts";
import { latest, type Setting } from "../drafting/setting.ts";
import css from "./Sla.module.css";
import { calendarName } from "./sentence.ts";
import type { CalendarSpec, PolicySpec, PriorityKey, Target } from "./spec.ts";
import type { Draft } from "./useDraft.ts";
import words from "./words.json";

const priorities: PriorityKey[] = ["1", "2", "3", "4"];
const kinds: ClockKind[] = ["first_response", "next_response", "resolution"];

interface Props {
  draft: Draft<PolicySpec>;
  calendars: readonly Setting<CalendarSpec>[];
  readOnly: boolean;
}

/** What each priority is promised: fields that understand «15 мин», «4 ч», «3 раб. дн». */
export function TargetsTable({ draft, calendars, readOnly }: Props) {
  const t = useWords(words);
  const priorityName = usePriorityName();
  const clockName = useClockName();
  const language = useLanguage();
  const named = calendarName(calendars, language);
  const { targets } = draft.spec;
  const [asked, setAsked] = useState(false);
  const visits = asked || priorities.some((key) => targets[key]?.arrival);
  const shown = kinds.concat(visits ? ["arrival"] : []);
  const set = (key: PriorityKey, part: Partial<Target>) =>
    draft.change({ targets: { ...targets, [key]: clean({ ...targets[key], ...part }) } });
  return (
    <div className={css.scroll}>
      <table className={css.goals}>
        <caption className="vh">{t("targets")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("priority")}</th>
            {shown.map((kind) => (
              <th key={kind} scope="col">
                {clockName(kind)}
              </th>
            ))}
            <th scope="col">{t("calendar")}</th>
          </tr>
        </thead>
        <tbody>
          {priorities.map((key) => {
            const target = targets[key] ?? {};
            const calendar = calendars.find((one) => one.key === target.calendar);
            return (
              <tr key={key}>
                <th scope="row">
                  <PriorityBars priority={Number(key) as 1 | 2 | 3 | 4} wordless />
                  <b>P{key}</b>
                  <span className="muted">{priorityName(Number(key) as 1 | 2 | 3 | 4)}</span>
                </th>
                {shown.map((kind) => (
                  <td key={kind}>
                    <DurationField
                      label={`P${key}, ${clockName(kind)}`}
                      minutes={target[kind] ?? null}
                      dayMinutes={usualDay(calendar && latest(calendar))}
                      always={Boolean(calendar && latest(calendar).always)}
                      error={draft.error(`targets/${key}/${kind}`)}
                      onChange={(minutes) => set(key, { [kind]: minutes ?? undefined })}
                      readOnly={readOnly}
                    />
                  </td>
                ))}
                <td>
                  <Select
                    size="sm"
                    aria-label={`P${key}, ${t("calendar")}`}
                    value={target.calendar ?? ""}
                    onChange={(calendar) => set(key, { calendar })}
                    options={calendars.map((one) => ({ value: one.key, label: named(one.key) }))}
                    placeholder="—"
                    disabled={readOnly}
                  />
                  {draft.error(`targets/${key}/calendar`) && <span className={css.wrong}>{draft.error(`targets/${key}/calendar`)}</span>}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {!readOnly && (
        <Checkbox
          label={t("visits")}
          checked={visits}
          onChange={(on) => {
            setAsked(on);
            if (on) return;
            const without = Object.entries(targets).map(([key, target]) => [key, clean({ ...target, arrival: undefined })]);
            draft.change({ targets: Object.fromEntries(without) });
          }}
        />
      )}
    </div>
  );
}

function clean(target: Target): Target {
  return Object.fromEntries(Object.entries(target).filter(([, value]) => value !== undefined && value !== "")) as Target;
}
