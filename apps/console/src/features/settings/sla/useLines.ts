import { useFormats } from "@manydesk/kit/words/format";
import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { useClockName } from "../../../parts/useClockName.ts";
import { calendarLines, policyLines } from "./compare.ts";
import type { CalendarSpec, PolicySpec } from "./spec.ts";
import { useNames } from "./useNames.ts";
import words from "./words.json";

/** What a policy or a calendar says, line by line, so that two versions can be held against each other. */
export function useLines(tenant: string) {
  const t = useWords(words);
  const f = useFormats();
  const language = useLanguage();
  const names = useNames(tenant);
  const clock = useClockName();
  const wording = {
    t,
    names,
    language,
    clock,
    duration: (minutes: number) => f.duration(minutes * 60),
    date: (day: string) => f.date(`${day}T12:00:00`),
  };
  return {
    policies: (spec: PolicySpec) => policyLines(spec, wording),
    calendars: (spec: CalendarSpec) => calendarLines(spec, wording),
  };
}
