import { toLocal } from "../look/presets.ts";
import { useWords } from "../words/useWords.ts";
import { NumberInput, TokenInput } from "./TokenInput.tsx";
import { TokenSelect } from "./TokenSelect.tsx";
import words from "./words.json";

interface MomentProps {
  label: string;
  name: string;
  value: unknown;
  onChange: (value: unknown) => void;
  invalid?: boolean;
  describedBy?: string;
}

const units = { minutes: 60, hours: 3600, days: 86_400, weeks: 604_800 } as const;
type Unit = keyof typeof units;
const sizes = Object.keys(units) as Unit[];

function secondsOf(value: unknown): number | null {
  const seconds = (value as { seconds?: unknown } | null | undefined)?.seconds;
  return typeof seconds === "number" ? seconds : null;
}

/** The largest unit that divides a while. */
function split(seconds: number): { n: number; unit: Unit } {
  const unit = [...sizes].reverse().find((one) => seconds % units[one] === 0) ?? "minutes";
  return { n: Math.abs(seconds) / units[unit], unit };
}

/** The last or the next so much time. */
export function While({ name, value, onChange, ...common }: MomentProps) {
  const t = useWords(words);
  const seconds = secondsOf(value) ?? -86_400;
  return (
    <>
      <TokenSelect
        {...common}
        label={t("manner", { name })}
        look="op"
        options={[
          { value: "past", label: t("past") },
          { value: "next", label: t("next") },
        ]}
        value={seconds < 0 ? "past" : "next"}
        onChange={(way) => onChange({ seconds: way === "past" ? -Math.abs(seconds) : Math.abs(seconds) })}
      />
      <Length {...common} name={name} seconds={seconds} onChange={onChange} />
    </>
  );
}

/** A moment: one in the calendar, or so long before or after now. */
export function Moment({ name, value, onChange, ...common }: MomentProps) {
  const t = useWords(words);
  const seconds = secondsOf(value);
  const manner = seconds === null ? "moment" : seconds <= 0 ? "ago" : "ahead";
  const change = (next: string) => {
    if (next === "moment") onChange(typeof value === "string" ? value : "");
    else onChange({ seconds: (next === "ago" ? -1 : 1) * Math.abs(seconds ?? 86_400) });
  };
  return (
    <>
      <TokenSelect
        {...common}
        label={t("manner", { name })}
        look="op"
        options={[
          { value: "moment", label: t("moment") },
          { value: "ago", label: t("ago") },
          { value: "ahead", label: t("ahead") },
        ]}
        value={manner}
        onChange={change}
      />
      {seconds === null ? (
        <TokenInput
          {...common}
          type="datetime-local"
          value={localOf(value)}
          onChange={(text) => onChange(text ? new Date(text).toISOString() : "")}
        />
      ) : (
        <Length {...common} name={name} seconds={seconds} onChange={onChange} />
      )}
    </>
  );
}

function localOf(value: unknown): string {
  const at = new Date(typeof value === "string" && value.length === 10 ? `${value}T00:00` : String(value ?? ""));
  return Number.isNaN(at.getTime()) ? "" : toLocal(at);
}

interface LengthProps extends Omit<MomentProps, "value"> {
  seconds: number;
}

function Length({ name, seconds, onChange, ...common }: LengthProps) {
  const t = useWords(words);
  const { n, unit } = split(seconds);
  const sign = seconds < 0 ? -1 : 1;
  return (
    <>
      <NumberInput
        {...common}
        value={n}
        onChange={(next) => next !== undefined && next > 0 && onChange({ seconds: sign * Math.round(next * units[unit]) })}
      />
      <TokenSelect
        {...common}
        label={t("unitOf", { name })}
        look="op"
        options={sizes.map((one) => ({ value: one, label: t(one) }))}
        value={unit}
        onChange={(next) => onChange({ seconds: sign * Math.round(n * units[next as Unit]) })}
      />
    </>
  );
}
