import type { Language } from "./message.ts";

const rules = new Map<string, Intl.PluralRules>();

/** The plural category of a number: one, few, many, other in Russian; one, other in English. */
export function plural(n: number, language: Language, ordinal: boolean): string {
  const key = language + ordinal;
  let rule = rules.get(key);
  if (!rule) {
    rule = new Intl.PluralRules(language, { type: ordinal ? "ordinal" : "cardinal" });
    rules.set(key, rule);
  }
  return rule.select(n);
}
