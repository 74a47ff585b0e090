import type { Role } from "@manydesk/kit/api/agent";
import type { Language } from "@manydesk/kit/words/language";

/** A role's name in the language shown, or in the other one when it has only that. */
export function roleName(role: Pick<Role, "name" | "key">, language: Language): string {
  return role.name[language] || role.name.ru || role.name.en || role.key;
}

/** Roles of clients hold rights of the portal alone; nobody works at the desk with them. */
export function isForStaff(role: Role): boolean {
  return role.permissions.length === 0 || role.permissions.some(({ permission }) => !permission.startsWith("request."));
}
