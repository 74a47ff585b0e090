import type { Entry } from "@manydesk/kit/api/agent";

// What already shows as a message of its own is not told twice.
const spoken = new Set(["ticket.replied", "ticket.client_replied", "ticket.noted", "ticket.sent"]);

/** Entries of several answers as one thread: by number, the newest data of each, nothing said twice. */
export function mergeEntries(...parts: (readonly Entry[])[]): Entry[] {
  const bySeq = new Map<number, Entry>();
  for (const part of parts) for (const entry of part) bySeq.set(entry.seq, entry);
  return [...bySeq.values()].filter((entry) => !entry.event || !spoken.has(entry.event.type)).sort((a, b) => a.seq - b.seq);
}

/** The newest public thing on the screen: what a reply says it has seen. */
export function lastPublic(entries: readonly Entry[], fallback: number): number {
  return entries.reduce((seen, entry) => (entry.public ? Math.max(seen, entry.seq) : seen), fallback);
}

/** Clients' messages after `seq`, for the pill. */
export function repliesAfter(entries: readonly Entry[], seq: number): Entry[] {
  return entries.filter((entry) => entry.seq > seq && entry.kind === "comment" && entry.author.kind === "contact");
}
