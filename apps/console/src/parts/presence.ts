import type { Person } from "@manydesk/kit/api/agent";
import { useSyncExternalStore } from "react";

/** Who else is at a ticket: looking, writing, or with the window behind another one. */
export interface Present {
  person: Person;
  state: "viewing" | "typing" | "away";
}

/** Who holds the answer for a short while, so that two do not write the same. */
export interface Claim {
  by: Person;
  until: number;
}

const expires = 40_000;
const nobody: readonly Present[] = [];
const present = new Map<string, { list: readonly Present[]; seen: Map<string, number> }>();
const claims = new Map<string, Claim>();
const listeners = new Set<() => void>();
const nameOf = (tenant: string, ref: string): string => `${tenant}/${ref}`;

/** Takes in that somebody is at a ticket. Whoever is not heard of for 40 s has left. */
export function noticePresence(tenant: string, ref: string, who: readonly Present[], now: number): void {
  const key = nameOf(tenant, ref);
  const old = present.get(key) ?? { list: nobody, seen: new Map<string, number>() };
  for (const one of who) old.seen.set(one.person.id, now);
  const kept = old.list.filter((one) => !who.some((other) => other.person.id === one.person.id));
  present.set(key, { list: [...kept, ...who].filter((one) => now - (old.seen.get(one.person.id) ?? 0) < expires), seen: old.seen });
  tell();
}

export function noticeLeft(tenant: string, ref: string, person: string): void {
  const entry = present.get(nameOf(tenant, ref));
  if (!entry) return;
  present.set(nameOf(tenant, ref), { ...entry, list: entry.list.filter((one) => one.person.id !== person) });
  tell();
}

/** Drops everyone who went silent. Called by the clock of the live channel. */
export function sweepPresence(now: number): void {
  let changed = false;
  for (const [key, entry] of present) {
    const list = entry.list.filter((one) => now - (entry.seen.get(one.person.id) ?? 0) < expires);
    if (list.length === entry.list.length) continue;
    present.set(key, { ...entry, list });
    changed = true;
  }
  for (const [key, claim] of claims) {
    if (claim.until > now) continue;
    claims.delete(key);
    changed = true;
  }
  if (changed) tell();
}

export function noticeClaim(tenant: string, ref: string, claim: Claim | null): void {
  if (claim) claims.set(nameOf(tenant, ref), claim);
  else claims.delete(nameOf(tenant, ref));
  tell();
}

export function usePresenceOf(tenant: string, ref: string): readonly Present[] {
  return useSyncExternalStore(subscribe, () => present.get(nameOf(tenant, ref))?.list ?? nobody);
}

export function useClaimOn(tenant: string, ref: string): Claim | undefined {
  return useSyncExternalStore(subscribe, () => claims.get(nameOf(tenant, ref)));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(): void {
  for (const listener of listeners) listener();
}
