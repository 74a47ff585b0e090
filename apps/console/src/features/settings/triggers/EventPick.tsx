import { Input } from "@manydesk/kit/ui/Input";
import { Select } from "@manydesk/kit/ui/Select";
import { useWords } from "@manydesk/kit/words/useWords";
import editor from "../drafting/Editor.module.css";
import { inUnits, type Unit } from "./say.ts";
import { events, sinces, type TriggerSpec } from "./spec.ts";
import css from "./Triggers.module.css";
import words from "./words.json";

interface Props {
  spec: TriggerSpec;
  onChange: (part: Partial<TriggerSpec>) => void;
  error: (pointer: string) => string | undefined;
}

const allUnits: readonly Unit[] = [1, 60, 1440];

/** What a trigger listens to: an event, or so long after something. */
export function EventPick({ spec, onChange, error }: Props) {
  const t = useWords(words);
  const after = spec.after ?? { minutes: 30, since: "waiting" as const };
  const { n, unit } = inUnits(after.minutes);
  const wrong = ["on", "after", "after/minutes", "after/since"].flatMap((pointer) => error(pointer) ?? []);
  return (
    <>
      <div className={css.event}>
        <Select
          size="sm"
          aria-label={t("when")}
          value={spec.on}
          onChange={(on) => onChange({ on, after: on === "time" ? after : undefined })}
          options={events.map((on) => ({ value: on, label: t(`on.${on}`) }))}
        />
        {spec.on === "time" && (
          <>
            <Input
              size="sm"
              type="number"
              min={1}
              aria-label={t("after")}
              aria-invalid={error("after/minutes") ? true : undefined}
              value={n}
              onChange={(event) => onChange({ after: { ...after, minutes: Math.max(0, Math.round(Number(event.target.value) * unit)) } })}
            />
            <Select
              size="sm"
              aria-label={t("unit")}
              value={String(unit)}
              onChange={(next) => onChange({ after: { ...after, minutes: n * Number(next) } })}
              options={allUnits.map((one) => ({ value: String(one), label: t(`unit.${one}`) }))}
            />
            <Select
              size="sm"
              aria-label={t("since")}
              value={after.since}
              onChange={(since) => onChange({ after: { ...after, since } })}
              options={sinces.map((one) => ({ value: one, label: t(`since.${one}`) }))}
            />
          </>
        )}
      </div>
      {wrong.map((one) => (
        <p key={one} className={editor.wrong}>
          {one}
        </p>
      ))}
    </>
  );
}
