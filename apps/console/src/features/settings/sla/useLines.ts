import { useFormats } from "@manydesk/kit/words/format";
import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { useClockName } from "../../../parts/useClockName.ts";
import { rolesQuery } from "../queries.ts";
import { roleName } from "../roleName.ts";
import { calendarLines, escalationLines, exceptionLines, policyLines } from "./compare.ts";
import type { CalendarSpec, EscalationSpec, ExceptionSpec, PolicySpec } from "./spec.ts";
import { useNames } from "./useNames.ts";
import words from "./words.json";

/** What a setting of the clock says, line by line, so that two versions can be held against each other. */
export function useLines(tenant: string) {
  const t = useWords(words);
  const f = useFormats();
  const language = useLanguage();
  const names = useNames(tenant);
  const clock = useClockName();
  const { data: roles } = useQuery(rolesQuery(tenant));
  const role = (key: string) => {
    const found = roles?.items.find((one) => one.key === key);
    return found ? roleName(found, language) : key;
  };
  const wording = {
    t,
    names,
    language,
    clock,
    duration: (minutes: number) => f.duration(minutes * 60),
    date: (day: string) => f.date(`${day}T12:00:00`),
    moment: (at: string) => f.moment(at),
    role,
  };
  return {
    policies: (spec: PolicySpec) => policyLines(spec, wording),
    calendars: (spec: CalendarSpec) => calendarLines(spec, wording),
    exceptions: (spec: ExceptionSpec) => exceptionLines(spec, wording),
    escalations: (spec: EscalationSpec) => escalationLines(spec, wording),
  };
}
