import type { Role } from "@manydesk/kit/api/agent";
import type { Language } from "@manydesk/kit/words/language";

/** A role's name in the language shown, or in the other one when it has only that. */
export function roleName(role: Pick<Role, "name" | "key">, language: Language): string {
  return role.name[language] || role.name.ru || role.name.en || role.key;
}
