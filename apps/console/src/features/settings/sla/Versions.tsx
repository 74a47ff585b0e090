import { useFormats } from "@manydesk/kit/words/format";
import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { tenantPath } from "../../../parts/ask.ts";
import { useClockName } from "../../../parts/useClockName.ts";
import type { Setting } from "../drafting/setting.ts";
import { Versions as AnyVersions } from "../drafting/Versions.tsx";
import { useSettings } from "./calls.ts";
import { calendarLines, policyLines } from "./compare.ts";
import type { CalendarSpec, PolicySpec, Specs } from "./spec.ts";
import { useNames } from "./useNames.ts";
import words from "./words.json";

type Kind = "sla-policies" | "calendars";
interface Props<K extends Kind> {
  tenant: string;
  kind: K;
  setting: Setting<Specs[K]>;
  readOnly: boolean;
}

/** What the draft of a policy or a calendar changes, and the way back to what was. */
export function Versions<K extends Kind>({ tenant, kind, setting, readOnly }: Props<K>) {
  const t = useWords(words);
  const f = useFormats();
  const language = useLanguage();
  const names = useNames(tenant);
  const clock = useClockName();
  const { discard, restore } = useSettings(tenant, kind);
  const { key } = setting;
  const wording = {
    t,
    names,
    language,
    clock,
    duration: (minutes: number) => f.duration(minutes * 60),
    date: (day: string) => f.date(`${day}T12:00:00`),
  };
  return (
    <AnyVersions<PolicySpec | CalendarSpec>
      setting={setting}
      path={tenantPath(tenant, kind, key)}
      readOnly={readOnly}
      lines={(spec) => (kind === "calendars" ? calendarLines(spec as CalendarSpec, wording) : policyLines(spec as PolicySpec, wording))}
      discard={{ mutate: (_, told) => discard.mutate(key, told) }}
      restore={{ mutate: (version, told) => restore.mutate({ key, version }, told) }}
    />
  );
}
