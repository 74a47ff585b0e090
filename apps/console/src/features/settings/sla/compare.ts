import type { ClockKind } from "@manydesk/kit/api/sla";
import type { Language } from "@manydesk/kit/words/message";
import { nameIn } from "../../../parts/nameIn.ts";
import { chipsOf } from "./dates.ts";
import { actionText, levelText } from "./levels.ts";
import { effectOf, type Names, type SayClock, sentenceOf } from "./sentence.ts";
import { type CalendarSpec, type EscalationSpec, type ExceptionSpec, type Hours, type PolicySpec, weekdays } from "./spec.ts";

/** Words that the page has at hand. */
export interface Wording {
  t: SayClock;
  names: Names;
  language: Language;
  clock: (kind: ClockKind) => string;
  /** Minutes as people say them. */
  duration: (minutes: number) => string;
  date: (day: string) => string;
  moment: (at: string) => string;
  /** A role by its key. */
  role: (key: string) => string;
}

const kinds = ["first_response", "next_response", "resolution", "arrival"] as const;
const priorities = ["1", "2", "3", "4"] as const;

/** What a policy says, line by line: the same lines of every version, so that they can be held against each other. */
export function policyLines(spec: PolicySpec, { t, names, clock, duration }: Wording): Map<string, string | null> {
  const lines = nameLines(spec.name, t);
  lines.set(t("when"), sentenceOf(spec.when, t, names) || t("rule.all"));
  for (const priority of priorities) {
    const target = spec.targets[priority];
    for (const kind of kinds) lines.set(`P${priority}, ${clock(kind)}`, target?.[kind] ? duration(target[kind]) : null);
    lines.set(`P${priority}, ${t("calendar")}`, target?.calendar ? names.calendar(target.calendar) : null);
  }
  lines.set(t("pauses"), (spec.pause_in ?? []).map((key) => names.value("status", key)).join(", ") || null);
  lines.set(t("customerCalendar"), t(spec.customer_calendar ? "yes" : "no"));
  return lines;
}

export function calendarLines(spec: CalendarSpec, { t, language, date }: Wording): Map<string, string | null> {
  const lines = nameLines(spec.name, t);
  lines.set(t("zone"), spec.time_zone);
  lines.set(t("always"), t(spec.always ? "yes" : "no"));
  for (const day of weekdays) lines.set(t(`day.${day}`), hoursText(spec.weekly?.[day] ?? []) || (spec.always ? null : t("dayOff")));
  for (const { from, to, hours } of chipsOf(spec)) {
    const note = nameIn(spec.notes?.[from], language, "");
    const said = hours === null ? t("date.off") : hoursText(hours);
    lines.set(from === to ? date(from) : `${date(from)} – ${date(to)}`, note ? `${said} (${note})` : said);
  }
  return lines;
}

/** What an exception says, line by line. */
export function exceptionLines(spec: ExceptionSpec, { t, names, language, moment }: Wording): Map<string, string | null> {
  const lines = nameLines(spec.name, t);
  lines.set(t("when"), sentenceOf(spec.when, t, names) || t("rule.all"));
  lines.set(t("effect"), effectOf(spec.effect, t, names, language) || null);
  lines.set(t("reason"), spec.reason || null);
  lines.set(t("inForce.from"), spec.from ? moment(spec.from) : null);
  lines.set(t("inForce.until"), spec.until ? moment(spec.until) : null);
  lines.set(t("approval"), t(spec.approval ? "yes" : "no"));
  return lines;
}

/** What an escalation says: each level with all that it does. */
export function escalationLines(spec: EscalationSpec, { t, names, clock, role }: Wording): Map<string, string | null> {
  const lines = nameLines(spec.name, t);
  lines.set(t("when"), sentenceOf(spec.when, t, names) || t("rule.all"));
  spec.levels.forEach((level, index) => {
    const actions = level.actions.map((action) => {
      const more = action.url ?? (action.group ? names.value("group", action.group) : undefined);
      return [actionText(action, t, role), more].filter(Boolean).join(" ");
    });
    const which = level.clock === "any" ? t("level.any") : clock(level.clock);
    lines.set(t("level", { n: index + 1 }), `${which}, ${levelText(level, t)}: ${actions.join(", ")}`);
  });
  return lines;
}

function nameLines(name: PolicySpec["name"], t: SayClock): Map<string, string | null> {
  return new Map([
    [t("name.ru"), name.ru || null],
    [t("name.en"), name.en || null],
  ]);
}

function hoursText(hours: readonly Hours[]): string {
  return hours.map(([from, to]) => `${from}–${to}`).join(", ");
}
