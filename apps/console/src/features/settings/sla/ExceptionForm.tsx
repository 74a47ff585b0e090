import { isProblem } from "@manydesk/kit/api/problem";
import { Button } from "@manydesk/kit/ui/Button";
import { Checkbox, RadioGroup } from "@manydesk/kit/ui/Choice";
import { DateTimeField } from "@manydesk/kit/ui/DateTimeField";
import { Sheet } from "@manydesk/kit/ui/Dialog";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { Select } from "@manydesk/kit/ui/Select";
import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { useState } from "react";
import { DurationField } from "../../../parts/DurationField.tsx";
import { usualDay } from "../../../parts/durations.ts";
import { nameIn } from "../../../parts/nameIn.ts";
import { Refusal } from "../../../parts/Refusal.tsx";
import { useClockName } from "../../../parts/useClockName.ts";
import { latest, type Setting } from "../drafting/setting.ts";
import { useTold } from "../useTold.ts";
import { useSettings } from "./calls.ts";
import css from "./Sla.module.css";
import { calendarName } from "./sentence.ts";
import type { CalendarSpec, ExceptionSpec } from "./spec.ts";
import { When } from "./When.tsx";
import words from "./words.json";

interface Props {
  tenant: string;
  setting: Setting<ExceptionSpec> | null;
  calendars: readonly Setting<CalendarSpec>[];
  onClose: () => void;
}

type Kind = "change" | "none" | "move";

/** One exception: for which tickets, what changes, why, from when until when. Saved as a draft. */
export function ExceptionForm({ tenant, setting, calendars, onClose }: Props) {
  const t = useWords(words);
  const language = useLanguage();
  const told = useTold();
  const clockName = useClockName();
  const { save, create, publish, remove } = useSettings(tenant, "sla-exceptions");
  const [spec, setSpec] = useState<ExceptionSpec>(setting ? latest(setting) : { name: {}, effect: {}, reason: "" });
  const [kind, setKind] = useState<Kind>(spec.effect.none ? "none" : spec.effect.due_at ? "move" : "change");
  const set = (part: Partial<ExceptionSpec>) => setSpec((old) => ({ ...old, ...part }));
  const named = calendarName(calendars, language);
  const calendar = calendars.find((one) => one.key === spec.effect.calendar);
  const work = setting ? save : create;
  const error = (pointer: string) => {
    const problem = work.error;
    return isProblem(problem) ? problem.errors.find((one) => one.pointer.startsWith(`/body/spec/${pointer}`))?.detail : undefined;
  };
  const body: ExceptionSpec = {
    ...spec,
    effect: kind === "none" ? { none: true } : kind === "move" ? { due_at: spec.effect.due_at } : change(spec),
  };
  const name = nameIn(spec.name, language, "");
  const keep = async (live: boolean) => {
    const saved = setting ? await save.mutateAsync({ key: setting.key, spec: body }) : await create.mutateAsync({ spec: body });
    if (live) await publish.mutateAsync(saved);
    onClose();
  };
  const go = (live: boolean) =>
    void keep(live).then(told(t(live ? "exception.published" : "exception.saved", { name })).onSuccess, () => undefined);
  const fields = isProblem(work.error) && work.error.errors.length > 0;
  return (
    <Sheet
      open
      onClose={onClose}
      title={setting ? t("edit", { name: nameIn(latest(setting).name, language, setting.key) }) : t("exception.new")}
      actions={
        <>
          {setting?.abilities.includes("remove") && (
            <Button onClick={() => remove.mutate(setting, { ...told(t("removed", { name })), onSettled: onClose })}>{t("remove")}</Button>
          )}
          <Button busy={work.isPending} onClick={() => go(false)}>
            {t("exception.draft")}
          </Button>
          <Button kind="primary" busy={work.isPending || publish.isPending} onClick={() => go(true)}>
            {t("publish")}
          </Button>
        </>
      }
    >
      <Field label={t("name")} required error={error("name")}>
        <Input value={spec.name[language] ?? ""} onChange={(event) => set({ name: { ...spec.name, [language]: event.target.value } })} />
      </Field>
      <When tenant={tenant} value={spec.when} onChange={(when) => set({ when })} problem={work.error} />
      <RadioGroup
        label={t("effect")}
        value={kind}
        onChange={setKind}
        options={[
          { value: "change", label: t("effect.change") },
          { value: "none", label: t("effect.noneLong") },
          { value: "move", label: t("effect.move") },
        ]}
        error={error("effect")}
      />
      {kind === "change" && (
        <>
          <Field label={t("calendar")}>
            <Select
              value={spec.effect.calendar ?? ""}
              onChange={(key) => set({ effect: { ...spec.effect, calendar: key || undefined } })}
              options={[
                { value: "", label: t("effect.sameCalendar") },
                ...calendars.map((one) => ({ value: one.key, label: named(one.key) })),
              ]}
            />
          </Field>
          <div className={css.trio}>
            {(["first_response", "next_response", "resolution"] as const).map((clock) => (
              <div key={clock} className={css.small}>
                <span aria-hidden="true">{clockName(clock)}</span>
                <DurationField
                  label={clockName(clock)}
                  minutes={spec.effect.targets?.[clock] ?? null}
                  dayMinutes={usualDay(calendar && latest(calendar))}
                  onChange={(minutes) =>
                    set({ effect: { ...spec.effect, targets: { ...spec.effect.targets, [clock]: minutes ?? undefined } } })
                  }
                />
              </div>
            ))}
          </div>
        </>
      )}
      {kind === "move" && (
        <Field label={t("effect.dueAt")}>
          <DateTimeField value={spec.effect.due_at ?? ""} onChange={(due_at) => set({ effect: { due_at } })} withPresets={false} />
        </Field>
      )}
      <Field label={t("reason")} required error={error("reason")} hint={t("reason.hint")}>
        <Input value={spec.reason} onChange={(event) => set({ reason: event.target.value })} />
      </Field>
      <div className={css.pair}>
        <Field label={t("inForce.from")}>
          <DateTimeField
            value={spec.from ?? ""}
            min={new Date(0)}
            onChange={(from) => set({ from: from || undefined })}
            withPresets={false}
          />
        </Field>
        <Field label={t("inForce.until")} error={error("until")}>
          <DateTimeField
            value={spec.until ?? ""}
            min={new Date(0)}
            onChange={(until) => set({ until: until || undefined })}
            withPresets={false}
          />
        </Field>
      </div>
      <Checkbox label={t("approval")} checked={Boolean(spec.approval)} onChange={(approval) => set({ approval })} />
      {work.error && !fields ? <Refusal error={work.error} onRetry={() => go(false)} busy={work.isPending} /> : null}
    </Sheet>
  );
}

function change({ effect: { calendar, targets } }: ExceptionSpec): ExceptionSpec["effect"] {
  const some = Object.entries(targets ?? {}).filter(([, minutes]) => minutes);
  return { ...(calendar && { calendar }), ...(some.length > 0 && { targets: Object.fromEntries(some) }) };
}
