import { agent } from "@manydesk/kit/api/agent";
import { take } from "@manydesk/kit/api/client";
import type { Uploaded } from "@manydesk/kit/api/upload";
import { type DraftKey, Drafts, type Stored } from "@manydesk/kit/drafts/drafts";
import { useSyncExternalStore } from "react";

/** What is being written for one ticket: a reply and a note are two of these. */
export interface Writing {
  text: string;
  uploads: Uploaded[];
  /** The idempotency key of a send that was tried and not yet answered. */
  key?: string;
}

export type WritingKind = "reply" | "note";
export const blank: Writing = { text: "", uploads: [] };

/** All drafts of replies and notes, on this machine and on the server. */
export const writings = new Drafts<Writing>({
  empty: ({ text, uploads }) => text.trim() === "" && uploads.length === 0,
  async save(key, { text, uploads }, signal) {
    const body = { text: { format: "plain" as const, body: text }, uploads: uploads.map((file) => file.id) };
    await take(agent.PUT("/v1/tenants/{tenant}/tickets/{number}/drafts/{kind}", { params: { path: pathOf(key) }, body, signal }));
  },
  async discard(key) {
    await take(agent.DELETE("/v1/tenants/{tenant}/tickets/{number}/drafts/{kind}", { params: { path: pathOf(key) } }));
  },
});

export function keyOf(tenant: string, number: number, kind: WritingKind, user: string): DraftKey {
  return { tenant, ticket: String(number), kind, user };
}

/** Brings a draft back from this machine, then from the server if it has a newer one. */
export async function restore(key: DraftKey): Promise<void> {
  await writings.load(key);
  const remote = await remoteOf(key).catch(() => undefined);
  await writings.restore(key, remote);
  writings.touch(key);
}

async function remoteOf(key: DraftKey): Promise<Stored<Writing> | undefined> {
  const found = await take(agent.GET("/v1/tenants/{tenant}/tickets/{number}/drafts/{kind}", { params: { path: pathOf(key) } }));
  const text = found?.text?.body ?? "";
  if (text === "") return undefined;
  return { value: { text, uploads: [] }, at: found.updated_at ? Date.parse(found.updated_at) : 0 };
}

function pathOf(key: DraftKey): { tenant: string; number: number; kind: WritingKind } {
  return { tenant: key.tenant, number: Number(key.ticket), kind: key.kind === "note" ? "note" : "reply" };
}

const returned = new Map<string, number>();
const listeners = new Set<() => void>();

/** Puts a message that was taken back into its draft, files and all, and has the composer show it anew. */
export function putBack(key: DraftKey, value: Writing): void {
  writings.edit(key, value);
  returned.set(`${key.tenant}/${key.ticket}`, (returned.get(`${key.tenant}/${key.ticket}`) ?? 0) + 1);
  for (const tell of listeners) tell();
}

/** Counts how often a message of a ticket came back: a new count, a new composer. */
export function useReturned(tenant: string, number: number): number {
  return useSyncExternalStore(subscribe, () => returned.get(`${tenant}/${number}`) ?? 0);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
