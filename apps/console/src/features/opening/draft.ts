import type { Priority } from "@manydesk/kit/api/agent";
import { type DraftKey, Drafts } from "@manydesk/kit/drafts/drafts";

export interface Requester {
  /** A known contact, or empty for a new one. */
  id: string;
  label: string;
  name: string;
  email: string;
  phone: string;
}

/** A ticket that is being written down. */
export interface OpeningDraft {
  channel: "phone" | "api";
  requester: Requester | null;
  type: string;
  priority: Priority;
  subject: string;
  text: string;
  fields: Record<string, unknown>;
}

export const blank: OpeningDraft = { channel: "phone", requester: null, type: "", priority: 3, subject: "", text: "", fields: {} };
export const stranger: Requester = { id: "", label: "", name: "", email: "", phone: "" };

/** Parked on this machine only: one for each tenant. */
export const openings = new Drafts<OpeningDraft>({
  empty: (draft) => draft.subject === "" && draft.text === "" && draft.requester === null,
});

export function keyOf(tenant: string, user: string): DraftKey {
  return { tenant, ticket: "new", kind: "opening", user };
}

export type Missing = Partial<Record<"requester" | "name" | "way" | "subject" | "text", true>>;

/** What is still to be filled in before the ticket can be filed. */
export function missing(draft: OpeningDraft): Missing {
  const { requester } = draft;
  const found: Missing = {};
  if (!requester) found.requester = true;
  if (requester && !requester.id) {
    if (requester.name.trim() === "") found.name = true;
    if (requester.email.trim() === "" && requester.phone.trim() === "") found.way = true;
  }
  if (draft.subject.trim() === "") found.subject = true;
  if (draft.text.trim() === "") found.text = true;
  return found;
}

/** The client as the API takes it. */
export function contactOf(requester: Requester): { id: string } | { email: string; name: string } | { phone: string; name: string } {
  if (requester.id) return { id: requester.id };
  if (requester.email.trim()) return { email: requester.email.trim(), name: requester.name.trim() };
  return { phone: requester.phone.trim(), name: requester.name.trim() };
}
