import type { Rule, Rules, Then } from "./spec.ts";

/** The rules with one at another place. */
export function placed(rules: readonly Rule[], key: string, to: number): Rule[] {
  const rule = rules.find((one) => one.key === key);
  if (!rule || to < 0 || to >= rules.length) return [...rules];
  const rest = rules.filter((one) => one !== rule);
  rest.splice(to, 0, rule);
  return rest;
}

/** The rules with a copy of one after it. */
export function copied(rules: readonly Rule[], key: string, as: string, mark: (name: string, language: "ru" | "en") => string): Rule[] {
  return rules.flatMap((rule) => {
    if (rule.key !== key) return [rule];
    const name = {
      ...(rule.name.ru && { ru: mark(rule.name.ru, "ru") }),
      ...(rule.name.en && { en: mark(rule.name.en, "en") }),
    };
    return [rule, { ...structuredClone(rule), key: as, name }];
  });
}

export function without(rules: readonly Rule[], key: string): Rule[] {
  return rules.filter((rule) => rule.key !== key);
}

/** The rules with one put back where it was, as far as there is such a place. */
export function restored(rules: readonly Rule[], rule: Rule, at: number): Rule[] {
  if (rules.some((one) => one.key === rule.key)) return [...rules];
  const all = [...rules];
  all.splice(Math.min(at, all.length), 0, rule);
  return all;
}

export function changed(rules: readonly Rule[], key: string, part: Partial<Rule>): Rule[] {
  return rules.map((rule) => (rule.key === key ? dropEmpty({ ...rule, ...part }) : rule));
}

/** A part of what a rule does; what is empty is not said at all. */
export function withThen(then: Then, part: Partial<Then>): Then {
  return Object.fromEntries(
    Object.entries({ ...then, ...part }).filter(
      ([, value]) => value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0),
    ),
  );
}

export type Mark = "new" | "changed" | null;

/** How a rule of the draft differs from the live rule of the same key. */
export function markOf(rule: Rule, live: Rules | null): Mark {
  const old = live?.rules?.find((one) => one.key === rule.key);
  if (!old) return "new";
  return same(old, rule) ? null : "changed";
}

/** A key that no other rule has. */
export function freshKey(): string {
  return `r${crypto.randomUUID().slice(0, 8)}`;
}

function dropEmpty(rule: Rule): Rule {
  const { when, off, ...rest } = rule;
  return { ...rest, ...(when && { when }), ...(off && { off }) };
}

// Keys of objects come back from the server in an order of their own.
function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== undefined && one !== false && one !== "" && one !== null)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  );
}
