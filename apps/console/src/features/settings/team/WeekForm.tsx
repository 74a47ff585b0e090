import { isProblem } from "@manydesk/kit/api/problem";
import { toast } from "@manydesk/kit/look/toast";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { useWords } from "@manydesk/kit/words/useWords";
import { useId, useState } from "react";
import { FormDialog } from "../FormDialog.tsx";
import { type RotaPerson, useSaveWeek } from "./calls.ts";
import { hoursOf, textOf, weekdays } from "./rota.ts";
import css from "./Team.module.css";
import words from "./words.json";

/** Somebody's usual hours, a line a day, in their own zone. */
export function WeekForm({ tenant, of, onClose }: { tenant: string; of: RotaPerson; onClose: () => void }) {
  const t = useWords(words);
  const zones = useId();
  const [texts, setTexts] = useState(() => weekdays.map((day) => textOf(of.week[day])));
  const [zone, setZone] = useState(of.time_zone);
  const save = useSaveWeek(tenant);
  const problem = isProblem(save.error) ? save.error : undefined;
  const read = texts.map(hoursOf);
  const submit = () => {
    if (read.some((one) => one === undefined)) return;
    const week = Object.fromEntries(weekdays.map((day, n) => [day, read[n] ?? []]).filter(([, spans]) => spans?.length));
    save.mutate(
      { id: of.person.id, week, time_zone: zone },
      {
        onSuccess: () => {
          toast({ text: t("saved", { name: of.person.name }) });
          onClose();
        },
      },
    );
  };
  return (
    <FormDialog
      title={t("week.title", { name: of.person.name })}
      action={t("save")}
      busy={save.isPending}
      error={save.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className={css.hint}>{t("week.hint")}</p>
      <div className={css.week}>
        {weekdays.map((day, n) => (
          <Field
            key={day}
            label={t(`day.${day}`)}
            error={read[n] === undefined ? t("week.wrong") : problem?.errors.find((one) => one.pointer.includes(`/week/${day}`))?.detail}
          >
            <Input
              size="sm"
              value={texts[n]}
              onChange={(event) => setTexts(texts.map((text, at) => (at === n ? event.target.value : text)))}
            />
          </Field>
        ))}
        <Field label={t("week.zone")} error={problem?.field("time_zone")} required>
          <Input size="sm" value={zone} onChange={(event) => setZone(event.target.value)} required list={zones} />
        </Field>
        <datalist id={zones}>
          {Intl.supportedValuesOf("timeZone").map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      </div>
    </FormDialog>
  );
}
