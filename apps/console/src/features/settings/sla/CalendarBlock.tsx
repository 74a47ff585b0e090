import { offsetName } from "@manydesk/kit/clock/zones";
import { toast } from "@manydesk/kit/look/toast";
import { Button, ButtonLink } from "@manydesk/kit/ui/Button";
import { Switch } from "@manydesk/kit/ui/Choice";
import { useSentence } from "@manydesk/kit/ui/ErrorCard";
import { Field } from "@manydesk/kit/ui/Field";
import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { Copy } from "lucide-react";
import { useRef } from "react";
import { nameIn } from "../../../parts/nameIn.ts";
import { ZoneInput } from "../../../parts/ZoneInput.tsx";
import type { Setting } from "../drafting/setting.ts";
import { useTold } from "../useTold.ts";
import { icalPath, useSettings, useSpecialDays } from "./calls.ts";
import { Dates } from "./Dates.tsx";
import css from "./Sla.module.css";
import type { CalendarSpec } from "./spec.ts";
import type { Draft } from "./useDraft.ts";
import { WeekGrid } from "./WeekGrid.tsx";
import words from "./words.json";

interface Props {
  tenant: string;
  setting: Setting<CalendarSpec>;
  draft: Draft<CalendarSpec>;
  readOnly: boolean;
}

/** A calendar of working hours: its zone, its week, its dates; out and in as a file. */
export function CalendarBlock({ tenant, setting, draft, readOnly }: Props) {
  const t = useWords(words);
  const language = useLanguage();
  const sentence = useSentence();
  const told = useTold();
  const file = useRef<HTMLInputElement>(null);
  const { create } = useSettings(tenant, "calendars");
  const days = useSpecialDays(tenant);
  const { spec } = draft;
  const name = nameIn(spec.name, language, setting.key);
  const others = (setting.used_by ?? []).length;
  const copy = () =>
    create.mutate(
      { spec: { ...spec, name: { ru: `${spec.name.ru ?? ""} 2`.trim(), en: `${spec.name.en ?? ""} 2`.trim() } } },
      told(t("copied", { name })),
    );
  const read = (chosen: File | undefined) => {
    if (!chosen) return;
    days.file.mutate(
      { key: setting.key, file: chosen },
      {
        onSuccess: ({ problems = [] }) =>
          void toast({ text: problems.length > 0 ? t("ical.partly", { n: problems.length }) : t("ical.done") }),
        onError: (error) => void toast({ text: sentence(error), kind: "bad" }),
      },
    );
  };
  return (
    <section className={css.block} aria-label={t("calendarOf", { name })}>
      <h2>
        {t("calendarOf", { name })}
        <small>
          {spec.time_zone}, {offsetName(spec.time_zone, new Date())}
          {others > 0 && ` · ${t("usedBy", { n: others })}`}
        </small>
        <span className={css.right}>
          {!readOnly && (
            <Button size="xs" kind="ghost" icon={Copy} busy={create.isPending} onClick={copy}>
              {t("copy")}
            </Button>
          )}
          <ButtonLink size="xs" kind="ghost" href={icalPath(tenant, setting.key)} download>
            {t("ical.out")}
          </ButtonLink>
          {!readOnly && (
            <>
              <Button size="xs" kind="ghost" busy={days.file.isPending} onClick={() => file.current?.click()}>
                {t("ical.in")}
              </Button>
              <input
                ref={file}
                type="file"
                accept=".ics,text/calendar"
                hidden
                onChange={(event) => {
                  read(event.target.files?.[0]);
                  event.target.value = "";
                }}
              />
            </>
          )}
        </span>
      </h2>
      {!readOnly && (
        <details className={css.rhythm}>
          <summary>{t("rhythm")}</summary>
          <div className={css.zone}>
            <Field label={t("zone")} error={draft.error("time_zone")}>
              <ZoneInput value={spec.time_zone} onChange={(time_zone) => draft.change({ time_zone })} />
            </Field>
            <Switch
              label={t("always")}
              checked={Boolean(spec.always)}
              onChange={(always) =>
                draft.change(
                  always ? { always, weekly: undefined, holidays: undefined, extra_days: undefined } : { always: false, weekly: usualWeek },
                )
              }
            />
          </div>
        </details>
      )}
      {spec.always ? (
        <p className="muted s13">{t("always.text")}</p>
      ) : (
        <>
          <WeekGrid
            weekly={spec.weekly ?? {}}
            onChange={(weekly) => draft.change({ weekly })}
            error={(pointer) => draft.error(`weekly/${pointer}`)}
            readOnly={readOnly}
          />
          <Dates tenant={tenant} calendar={setting.key} spec={spec} onChange={draft.change} readOnly={readOnly} />
        </>
      )}
    </section>
  );
}

const full: [string, string][] = [["09:00", "18:00"]];
/** What a calendar begins with. */
export const usualWeek = { mon: full, tue: full, wed: full, thu: full, fri: full };
