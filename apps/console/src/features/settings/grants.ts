import type { Role } from "@manydesk/kit/api/agent";

type Grants = Role["permissions"];

/** For which types a role has a right: all, some, or none. */
export function typesOf(grants: Grants, permission: string): "*" | readonly string[] {
  return grants.find((grant) => grant.permission === permission)?.types ?? [];
}

/** The grants with one right given for these types; an empty list takes it away. */
export function withGrant(grants: Grants, permission: string, types: "*" | string[]): Grants {
  const rest = grants.filter((grant) => grant.permission !== permission);
  return types !== "*" && types.length === 0 ? rest : [...rest, { permission, types }];
}

/** Whether two sets of grants are the same, in whatever order they stand. */
export function sameGrants(a: Grants, b: Grants): boolean {
  const plain = (grants: Grants): string =>
    grants
      .map(({ permission, types }) => `${permission}:${types === "*" ? "*" : [...types].sort().join()}`)
      .sort()
      .join("\n");
  return plain(a) === plain(b);
}

/** Rights are tied to a ticket's type only where a ticket is what they are about. */
export function hasTypes(permission: string): boolean {
  return permission.startsWith("ticket.") && permission !== "ticket.export";
}

const chapters = {
  tickets: ["ticket"],
  customers: ["customer", "company", "contact"],
  people: ["member", "role", "engagement"],
  portal: ["request"],
} as const;
export type Chapter = keyof typeof chapters | "settings";

/** The heading that a right stands under; what has none of its own is about settings. */
export function chapterOf(permission: { key: string }): Chapter {
  const [noun = ""] = permission.key.split(".");
  for (const [chapter, nouns] of Object.entries(chapters))
    if ((nouns as readonly string[]).includes(noun)) return chapter as keyof typeof chapters;
  return "settings";
}
