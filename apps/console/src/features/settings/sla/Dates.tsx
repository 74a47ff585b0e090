import { Button } from "@manydesk/kit/ui/Button";
import { RadioGroup } from "@manydesk/kit/ui/Choice";
import { Dialog } from "@manydesk/kit/ui/Dialog";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { CalendarDays, Plus } from "lucide-react";
import { useState } from "react";
import { minutesOf } from "../../../parts/hours.ts";
import { useTold } from "../useTold.ts";
import { productionQuery, useSpecialDays } from "./calls.ts";
import { chipsOf, type DateChip, withDates } from "./dates.ts";
import css from "./Sla.module.css";
import type { CalendarSpec } from "./spec.ts";
import words from "./words.json";

interface Props {
  tenant: string;
  calendar: string;
  spec: CalendarSpec;
  onChange: (part: Partial<CalendarSpec>) => void;
  readOnly: boolean;
}

const atOnce = 12;

/** Dates that differ from the week: days off, short days, moved working days. */
export function Dates({ tenant, calendar, spec, onChange, readOnly }: Props) {
  const t = useWords(words);
  const told = useTold();
  const [all, setAll] = useState(false);
  const [edited, setEdited] = useState<DateChip | "new" | null>(null);
  const years = useQuery({ ...productionQuery(tenant), enabled: !readOnly }).data?.find((one) => one.country === "RU")?.years ?? [];
  const { production } = useSpecialDays(tenant);
  const thisYear = String(new Date().getFullYear());
  const chips = chipsOf(spec).filter((chip) => all || chip.to >= thisYear);
  const shown = all ? chips : chips.slice(0, atOnce);
  return (
    <ul className={css.dates} aria-label={t("dates")}>
      {shown.map((chip) => (
        <li key={`${chip.from}${chip.hours}`}>
          <button type="button" className={css.date} disabled={readOnly} onClick={() => setEdited(chip)}>
            {short(chip)} <span>{chip.hours === null ? t("date.off") : saysHours(chip, t)}</span>
          </button>
        </li>
      ))}
      {chips.length > shown.length && (
        <li>
          <Button size="xs" kind="ghost" onClick={() => setAll(true)}>
            {t("date.more", { n: chips.length - shown.length })}
          </Button>
        </li>
      )}
      {!readOnly && (
        <>
          <li>
            <Button size="xs" kind="ghost" icon={Plus} onClick={() => setEdited("new")}>
              {t("date.add")}
            </Button>
          </li>
          {years.length > 0 && (
            <li>
              <Button
                size="xs"
                kind="ghost"
                icon={CalendarDays}
                busy={production.isPending}
                onClick={() =>
                  production.mutate({ key: calendar, country: "RU", years }, told(t("date.production.done", { years: years.join(", ") })))
                }
              >
                {t("date.production")}
              </Button>
            </li>
          )}
        </>
      )}
      {edited && (
        <DateForm
          chip={edited === "new" ? null : edited}
          onClose={() => setEdited(null)}
          onSave={(next) => onChange(withDates(spec, edited === "new" ? null : edited, next))}
        />
      )}
    </ul>
  );
}

function short({ from, to }: DateChip): string {
  const one = (date: string) => `${date.slice(8, 10)}.${date.slice(5, 7)}`;
  return from === to ? one(from) : `${one(from)}–${one(to)}`;
}

function saysHours({ hours }: DateChip, t: ReturnType<typeof useWords<typeof words>>): string {
  const [first] = hours ?? [];
  const last = hours?.at(-1);
  return first && last ? `${first[0]}–${last[1]}` : t("date.off");
}

function DateForm({ chip, onClose, onSave }: { chip: DateChip | null; onClose: () => void; onSave: (next: DateChip | null) => void }) {
  const t = useWords(words);
  const [from, setFrom] = useState(chip?.from ?? new Date().toISOString().slice(0, 10));
  const [to, setTo] = useState(chip?.to ?? "");
  const [kind, setKind] = useState<"off" | "own">(chip?.hours ? "own" : "off");
  const [hours, setHours] = useState(chip?.hours?.[0] ?? (["09:00", "17:00"] as [string, string]));
  const last = to || from;
  const wrongDates = last < from;
  const wrongHours = kind === "own" && !(minutesOf(hours[1]) > minutesOf(hours[0]));
  const save = () => {
    if (wrongDates || wrongHours || !from) return;
    const rest = chip?.hours?.slice(1) ?? [];
    onSave({ from, to: last, hours: kind === "off" ? null : [hours, ...rest] });
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t(chip ? "date.edit" : "date.new")}
      actions={
        <>
          {chip && (
            <Button
              onClick={() => {
                onSave(null);
                onClose();
              }}
            >
              {t("date.remove")}
            </Button>
          )}
          <Button kind="primary" onClick={save}>
            {t("save")}
          </Button>
        </>
      }
    >
      <div className={css.pair}>
        <Field label={t("date.from")}>
          <Input type="date" value={from} onChange={(event) => setFrom(event.target.value)} />
        </Field>
        <Field label={t("date.to")} error={wrongDates ? t("date.wrong") : undefined}>
          <Input type="date" value={to} min={from} onChange={(event) => setTo(event.target.value)} />
        </Field>
      </div>
      <RadioGroup
        label={t("date.kind")}
        value={kind}
        onChange={setKind}
        options={[
          { value: "off", label: t("date.kind.off") },
          { value: "own", label: t("date.kind.own") },
        ]}
      />
      {kind === "own" && (
        <div className={css.pair}>
          <Field label={t("hours.from")}>
            <Input value={hours[0]} onChange={(event) => setHours([event.target.value, hours[1]])} />
          </Field>
          <Field label={t("hours.to")} error={wrongHours ? t("hours.wrong") : undefined}>
            <Input value={hours[1]} onChange={(event) => setHours([hours[0], event.target.value])} />
          </Field>
        </div>
      )}
    </Dialog>
  );
}
