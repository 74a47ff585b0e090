import type { Person } from "@manydesk/kit/api/agent";
import { Avatar } from "@manydesk/kit/ui/Avatar";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import type { Choice } from "./Chooser.tsx";
import { membersQuery } from "./deskQuery.ts";
import { initialsOf } from "./initials.ts";
import { useSession } from "./useSession.ts";
import words from "./words.json";

/** Who may be made the assignee of a tenant's ticket: me first, then the others, then nobody. */
export function useMemberChoices(tenant: string): { choices: Choice[]; person: (id: string) => Person | null } {
  const t = useWords(words);
  const { user } = useSession();
  const { data } = useQuery(membersQuery(tenant));
  const me: Person = { id: user.id, name: user.name, kind: "staff", initials: initialsOf(user.name) };
  const others = (data?.items ?? [])
    .filter((member) => member.active && member.id !== user.id)
    .map((member): Person => ({ id: member.id, name: member.name, kind: "staff", initials: initialsOf(member.name) }));
  const people = [me, ...others];
  const choices = [
    ...people.map((person) => ({
      id: person.id,
      label: person.name,
      hint: person.id === user.id ? t("member.me") : undefined,
      mark: <Avatar person={person} me={person.id === user.id} mute />,
    })),
    { id: "", label: t("member.none"), mark: <Avatar person={null} mute /> },
  ];
  return { choices, person: (id) => people.find((person) => person.id === id) ?? null };
}
