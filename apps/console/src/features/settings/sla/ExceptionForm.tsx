import { Button } from "@manydesk/kit/ui/Button";
import { Checkbox, RadioGroup } from "@manydesk/kit/ui/Choice";
import { DateTimeField } from "@manydesk/kit/ui/DateTimeField";
import { Sheet } from "@manydesk/kit/ui/Dialog";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { Select } from "@manydesk/kit/ui/Select";
import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { DurationField } from "../../../parts/DurationField.tsx";
import { usualDay } from "../../../parts/durations.ts";
import { nameIn } from "../../../parts/nameIn.ts";
import { Refusal } from "../../../parts/Refusal.tsx";
import { useClockName } from "../../../parts/useClockName.ts";
import { Refused } from "../drafting/Refused.tsx";
import { latest, type Setting } from "../drafting/setting.ts";
import { useTold } from "../useTold.ts";
import { useSettings } from "./calls.ts";
import css from "./Sla.module.css";
import { calendarName } from "./sentence.ts";
import type { CalendarSpec, Effect, ExceptionSpec } from "./spec.ts";
import { useDialogDraft } from "./useDialogDraft.ts";
import { useLines } from "./useLines.ts";
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
  const lines = useLines(tenant);
  const { remove } = useSettings(tenant, "sla-exceptions");
  const draft = useDialogDraft(tenant, "sla-exceptions", setting, {
    blank: { name: {}, effect: {}, reason: "" },
    shape: (one) => ({ ...one, effect: effectOf(one.effect) }),
    onKept: (saved, live) => {
      told(t(live ? "exception.published" : "exception.saved", { name: nameIn(latest(saved).name, language, "") })).onSuccess();
      onClose();
    },
  });
  const { spec, change: set, busy, error } = draft;
  const { effect } = spec;
  const kind = kindOf(effect);
  const named = calendarName(calendars, language);
  const calendar = calendars.find((one) => one.key === effect.calendar);
  const name = nameIn(spec.name, language, "");
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
          <Button busy={busy} onClick={() => draft.send(false)}>
            {t("exception.draft")}
          </Button>
          <Button kind="primary" busy={busy} onClick={() => draft.send(true)}>
            {t("publish")}
          </Button>
        </>
      }
    >
      {draft.current && <Refused setting={draft.current} draft={draft} lines={lines.exceptions} />}
      {!draft.current && draft.refusal ? <Refusal error={draft.refusal} onRetry={draft.again} busy={busy} /> : null}
      <Field label={t("name")} required error={error("name")}>
        <Input value={spec.name[language] ?? ""} onChange={(event) => set({ name: { ...spec.name, [language]: event.target.value } })} />
      </Field>
      <When tenant={tenant} value={spec.when} onChange={(when) => set({ when })} problem={draft.problem} />
      <RadioGroup
        label={t("effect")}
        value={kind}
        onChange={(next) => set({ effect: turned(effect, next) })}
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
              value={effect.calendar ?? ""}
              onChange={(key) => set({ effect: { ...effect, calendar: key || undefined } })}
              options={[
                { value: "", label: t("effect.sameCalendar") },
                ...calendars.map((one) => ({ value: one.key, label: named(one.key) })),
              ]}
            />
          </Field>
          <div className={css.pair}>
            {(["first_response", "next_response", "resolution", "arrival"] as const).map((clock) => (
              <div key={clock} className={css.small}>
                <span aria-hidden="true">{clockName(clock)}</span>
                <DurationField
                  label={clockName(clock)}
                  minutes={effect.targets?.[clock] ?? null}
                  dayMinutes={usualDay(calendar && latest(calendar))}
                  onChange={(minutes) => set({ effect: { ...effect, targets: { ...effect.targets, [clock]: minutes ?? undefined } } })}
                />
              </div>
            ))}
          </div>
        </>
      )}
      {kind === "move" && (
        <Field label={t("effect.dueAt")}>
          <DateTimeField value={effect.due_at ?? ""} onChange={(due_at) => set({ effect: { ...effect, due_at } })} withPresets={false} />
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
    </Sheet>
  );
}

function kindOf({ none, due_at }: Effect): Kind {
  return none ? "none" : due_at === undefined ? "change" : "move";
}

/** Another kind of effect; what was chosen for it before is still there. */
function turned(effect: Effect, kind: Kind): Effect {
  return { ...effect, none: kind === "none" || undefined, due_at: kind === "move" ? (effect.due_at ?? "") : undefined };
}

/** Of an effect what its kind says. */
function effectOf(effect: Effect): Effect {
  const kind = kindOf(effect);
  if (kind === "none") return { none: true };
  if (kind === "move") return { due_at: effect.due_at || undefined };
  const some = Object.entries(effect.targets ?? {}).filter(([, minutes]) => minutes);
  return { ...(effect.calendar && { calendar: effect.calendar }), ...(some.length > 0 && { targets: Object.fromEntries(some) }) };
}
