import type { Tree } from "@manydesk/kit/conditions/tree";
import { formats } from "@manydesk/kit/words/format";
import type { Language } from "@manydesk/kit/words/message";
import type { Say } from "@manydesk/kit/words/useWords";
import { nameIn } from "../../../parts/nameIn.ts";
import type { Setting } from "../drafting/setting.ts";
import type { Effect } from "./spec.ts";
import type words from "./words.json";

export type SayClock = Say<typeof words>;

/** What the words of a rule stand for: keys become names. */
export interface Names {
  value: (field: string, value: unknown) => string;
  calendar: (key: string) => string;
  /** What the tenant's own fields are called, where somebody knows. */
  field?: (key: string) => string | undefined;
}

const known = [
  "type",
  "priority",
  "tags",
  "company",
  "contact.vip",
  "level",
  "channel",
  "status",
  "assignee",
  "group",
  "line",
  "language",
  "subject",
  "created_at",
] as const;

/** A condition tree as a sentence: «приоритет не ниже P2 и тип Инцидент». Empty for one that always holds. */
export function sentenceOf(tree: Tree | undefined, t: SayClock, names: Names): string {
  if (!tree) return "";
  if (tree.all) return join(tree.all, t("rule.and"), t, names);
  if (tree.any) return join(tree.any, t("rule.or"), t, names);
  if (tree.not) return t("rule.not", { what: sentenceOf(tree.not, t, names) });
  const { field, op = "", value } = tree;
  if (field === undefined) return "";
  if (field === "contact.vip") return value === false ? t("rule.notVip") : t("rule.vip");
  if (field === "priority" && op === "at_most") return t("rule.priority", { n: String(value) });
  const name = known.find((one) => one === field);
  const what = name ? t(`field.${name}`) : (names.field?.(field) ?? field.replace(/^fields\./, ""));
  const list = (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]).map((one) => names.value(field, one));
  return [what, operator(op, t), list.join(", ")].filter(Boolean).join(" ");
}

/** What an exception does: «календарь «24×7», реакция 15 мин». */
export function effectOf(effect: Effect, t: SayClock, names: Names, language: Language): string {
  const f = formats(language);
  if (effect.none) return t("effect.none");
  const parts = [
    effect.calendar && t("effect.calendar", { name: names.calendar(effect.calendar) }),
    ...(["first_response", "next_response", "resolution", "arrival"] as const).map((kind) => {
      const minutes = effect.targets?.[kind];
      return minutes ? t(`effect.${kind}`, { time: f.duration(minutes * 60) }) : false;
    }),
    effect.due_at && t("effect.due", { at: f.moment(effect.due_at) }),
  ];
  return parts.filter(Boolean).join(", ");
}

/** Names of calendars by their keys. */
export function calendarName(calendars: readonly Setting<{ name: { ru?: string; en?: string } }>[] | undefined, language: Language) {
  return (key: string): string => {
    const found = calendars?.find((one) => one.key === key);
    return found ? nameIn((found.draft?.spec ?? found.spec).name, language, key) : key;
  };
}

function join(trees: readonly Tree[], word: string, t: SayClock, names: Names): string {
  const parts = trees.map((one) => {
    const text = sentenceOf(one, t, names);
    return trees.length > 1 && (one.any || one.all) && text ? `(${text})` : text;
  });
  return parts.filter(Boolean).join(` ${word} `);
}

const operators = {
  is: "=",
  is_not: "≠",
  less: "<",
  at_most: "≤",
  more: ">",
  at_least: "≥",
} as const;

function operator(op: string, t: SayClock): string {
  if (op in operators) return operators[op as keyof typeof operators];
  const spoken = [
    "in",
    "not_in",
    "has_any",
    "has_all",
    "has_none",
    "contains",
    "not_contains",
    "starts_with",
    "empty",
    "not_empty",
    "in_calendar",
    "not_in_calendar",
    "at_hours",
    "on_days",
    "before",
    "after",
  ] as const;
  const found = spoken.find((one) => one === op);
  return found ? t(`op.${found}`) : op.replaceAll("_", " ");
}
