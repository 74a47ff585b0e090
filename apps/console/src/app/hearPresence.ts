import type { Member, Person, Session } from "@manydesk/kit/api/agent";
import type { Hint } from "@manydesk/kit/live/live";
import type { QueryClient } from "@tanstack/react-query";
import { cacheKeys } from "../parts/cacheKeys.ts";
import { initialsOf } from "../parts/initials.ts";
import { noticeClaim, noticeLeft, noticePresence, type Present } from "../parts/presence.ts";

/** Takes in who is at a ticket and who holds its answer. Oneself is left out. */
export function hearPresence(cache: QueryClient, hint: Hint): void {
  const { tenant, ref, state, until } = hint.data;
  if (typeof tenant !== "string" || typeof ref !== "string") return;
  const me = cache.getQueryData<Session>(cacheKeys.session())?.user.id;
  const person = personOf(cache, tenant, hint.data.by ?? hint.data.person);
  const now = Date.now();
  if (hint.name === "claim") {
    const holds = person && person.id !== me && typeof until === "string";
    noticeClaim(tenant, ref, holds ? { by: person, until: Date.parse(until) } : null);
    return;
  }
  const people = Array.isArray(hint.data.people) ? hint.data.people : [{ person, state }];
  for (const one of people as { person?: unknown; state?: unknown }[]) {
    const who = personOf(cache, tenant, one.person);
    if (!who || who.id === me) continue;
    if (one.state === "left" || one.state === "gone") noticeLeft(tenant, ref, who.id);
    else noticePresence(tenant, ref, [{ person: who, state: stateOf(one.state) }], now);
  }
}

function stateOf(state: unknown): Present["state"] {
  return state === "typing" || state === "away" ? state : "viewing";
}

// Hints may name a person in full or by id alone; the members of the tenant know the rest.
function personOf(cache: QueryClient, tenant: string, given: unknown): Person | null {
  if (typeof given === "object" && given !== null && "id" in given && "name" in given) {
    const { id, name } = given as { id: string; name: string };
    return { id, name, kind: "staff", initials: initialsOf(name) };
  }
  if (typeof given !== "string") return null;
  const member = cache.getQueryData<{ items: Member[] }>(cacheKeys.members(tenant))?.items.find((one) => one.id === given);
  return { id: given, name: member?.name ?? "…", kind: "staff", initials: initialsOf(member?.name ?? "…") };
}
