import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { nameIn } from "../../../parts/nameIn.ts";
import { latest } from "../drafting/setting.ts";
import type { Names } from "../sla/sentence.ts";
import { useNames } from "../sla/useNames.ts";
import type { Field } from "./spec.ts";
import words from "./words.json";

/** What keys in the conditions of forms are called: the tenant's fields and their answers too. */
export function useFormNames(tenant: string, fields: readonly Field[]): Names {
  const t = useWords(words);
  const language = useLanguage();
  const names = useNames(tenant);
  const own = (field: string) => fields.find((one) => `fields.${one.key}` === field);
  return {
    ...names,
    field(key) {
      const found = own(key);
      return found && `«${nameIn(latest(found).name, language, found.key)}»`;
    },
    value(field, value) {
      if (typeof value === "boolean") return t(value ? "yes" : "no");
      const found = own(field);
      const choice = found && latest(found).choices?.find((one) => one.key === value);
      return choice ? nameIn(choice.name, language, choice.key) : names.value(field, value);
    },
  };
}
