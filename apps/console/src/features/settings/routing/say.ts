import type { Say } from "@manydesk/kit/words/useWords";
import type { Place, Rules, Then } from "./spec.ts";
import { labelOf, type RouteNames } from "./useRouteNames.ts";
import type words from "./words.json";

export type SayRoute = Say<typeof words>;

/** Where a rule sends, short: «Дежурный инженер, P1». */
export function whereText(then: Then, t: SayRoute, names: RouteNames): string {
  const parts = [
    then.person ? labelOf(names.people, then.person) : "",
    then.group ? labelOf(names.groups, then.group) : "",
    then.vendor ? t("to.vendor", { name: labelOf(names.vendors, then.vendor) }) : "",
    then.line ? t("to.line", { n: then.line }) : "",
    then.priority ? `P${then.priority}` : "",
    then.process ? t("to.process", { name: labelOf(names.processes, then.process) }) : "",
  ].filter(Boolean);
  if (parts.length > 0) return parts.join(", ");
  if (then.tags?.length) return t("to.tags", { tags: then.tags.join(", ") });
  if (then.notify?.length) return t("to.notify", { whom: then.notify.map((key) => labelOf(names.roles, key)).join(", ") });
  return t("to.nothing");
}

/** Everything that a rule does, for comparing. */
export function thenText(then: Then, t: SayRoute, names: RouteNames): string {
  const skills = (then.skills ?? []).map((one) => t("skill.atLeast", { name: labelOf(names.skills, one.key), n: one.level }));
  const more = [
    then.strategy ? t(`strategy.${then.strategy}`) : "",
    then.tags?.length ? t("to.tags", { tags: then.tags.join(", ") }) : "",
    then.notify?.length ? t("to.notify", { whom: then.notify.map((key) => labelOf(names.roles, key)).join(", ") }) : "",
    ...skills,
  ];
  return [...new Set([whereText(then, t, names), ...more])].filter(Boolean).join(", ");
}

/** Where a ticket is: its person, else its vendor, else its group; and the process that begins there. */
export function placeText(place: Place, t: SayRoute): string {
  const where = place.person?.name ?? place.vendor?.name ?? place.group?.name ?? t("place.none");
  return place.process ? `${where}, ${t("to.process", { name: place.process.name })}` : where;
}

interface Wording {
  t: SayRoute;
  names: RouteNames;
  nameOf: (rule: Rules["rules"][number]) => string;
  when: (rule: Rules["rules"][number]) => string;
}

/** What the rules say, line by line: the order, then each rule, then the default. */
export function ruleLines(spec: Rules, { t, names, nameOf, when }: Wording): Map<string, string | null> {
  const rules = spec.rules ?? [];
  const lines = new Map<string, string | null>([[t("line.order"), rules.map(nameOf).join(" → ") || null]]);
  for (const rule of rules) {
    const name = nameOf(rule);
    lines.set(t("line.if", { name }), when(rule) || t("all"));
    lines.set(t("line.then", { name }), thenText(rule.then, t, names));
    lines.set(t("line.stop", { name }), t(rule.stop ? "yes" : "no.word"));
    lines.set(t("line.on", { name }), t(rule.off ? "no.word" : "yes"));
  }
  lines.set(t("line.default"), spec.default ? thenText(spec.default, t, names) : null);
  return lines;
}
