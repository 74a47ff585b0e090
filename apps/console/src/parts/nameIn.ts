import type { Words } from "@manydesk/kit/api/sla";
import type { Language } from "@manydesk/kit/words/message";

/** A name in the language shown; the other one where it is missing. */
export function nameIn(name: Words | undefined, language: Language, key: string): string {
  return name?.[language] || name?.[language === "ru" ? "en" : "ru"] || key;
}
