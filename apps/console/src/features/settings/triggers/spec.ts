import type { Words } from "@manydesk/kit/api/sla";
import type { Tree } from "@manydesk/kit/conditions/tree";

/** What a trigger listens to; `time` is so long after something. */
export const events = [
  "ticket.opened",
  "ticket.client_replied",
  "ticket.replied",
  "ticket.noted",
  "ticket.assigned",
  "ticket.status_changed",
  "ticket.priority_changed",
  "ticket.changed",
  "ticket.rated",
  "clock.warned",
  "clock.breached",
  "time",
] as const;
export type Event = (typeof events)[number];

export const sinces = ["opened", "updated", "waiting", "status"] as const;
export type Since = (typeof sinces)[number];

export const actionKinds = ["set", "tag", "assign", "route", "status", "note", "reply", "tell", "webhook"] as const;
export type ActionKind = (typeof actionKinds)[number];

/** One thing that a trigger does; which members count depends on its kind. */
export interface Action {
  kind: ActionKind;
  field?: string;
  value?: unknown;
  text?: Words;
  roles?: string[];
  people?: string[];
  assignee?: boolean;
  url?: string;
  group?: string;
  person?: string;
  add?: string[];
  remove?: string[];
  to?: string;
  until_hours?: number;
}

export interface TriggerSpec {
  name: Words;
  on: Event;
  after?: { minutes: number; since: Since };
  when?: Tree;
  actions: Action[];
  /** No later trigger is asked about the same event once this one has fired. */
  stop?: boolean;
}

/** One look of a trigger at a ticket. */
export interface Run {
  id: string;
  trigger: string;
  version: number;
  at: string;
  on: string;
  ticket: { ref: string; subject: string };
  fired: boolean;
  /** Why it did not even look; null when the conditions were asked. */
  why: string | null;
  /** The triggers that led here, the first one first. */
  chain: string[];
  sentences: { text: string; matched: boolean; actual: string | null }[];
  actions: { kind: string; done: boolean; why: string | null }[];
}

/** A call of somebody's system, and what became of it. */
export interface Delivery {
  id: string;
  at: string;
  kind: "escalation" | "trigger";
  hook: string;
  url: string;
  ref: string | null;
  state: "queued" | "sent" | "failed";
  tries: number;
  status: string | null;
  error: string | null;
  changed_at: string;
  body: string;
  abilities: string[];
}
