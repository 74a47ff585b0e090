import { useMemo } from "react";
import { type Language, language, useLanguage } from "./language.ts";
import { fill, type Message, type Values } from "./message.ts";

/** The shape of a feature's `words.json`: each key in both languages. */
export type Catalogue = Record<string, { ru: string; en: string }>;
export type Say<C extends Catalogue> = (key: keyof C & string, values?: Values) => string;

/**
 * The words of one feature in the language shown now:
 * `const t = useWords(words); t("rows", { n: 3 })`. Keys are checked by the compiler,
 * arguments by `npm run check`.
 */
export function useWords<C extends Catalogue>(catalogue: C): Say<C> {
  const shown = useLanguage();
  return useMemo(() => speaker(catalogue, shown), [catalogue, shown]);
}

/** The same outside components, in the language shown at the time of the call. */
export function say<C extends Catalogue>(catalogue: C, key: keyof C & string, values?: Values): string {
  return speaker(catalogue, language())(key, values);
}

export function speaker<C extends Catalogue>(catalogue: C, shown: Language): Say<C> {
  return (key, values) => {
    const entry = catalogue[key];
    if (!entry) throw new Error(`no words for “${key}”`);
    return fill(entry[shown] as Message, shown, values);
  };
}
