import type { ClockKind, Words } from "@manydesk/kit/api/sla";
import type { Tree } from "@manydesk/kit/conditions/tree";
import type { Hours } from "../../../parts/hours.ts";

/** Working minutes of each promise; one that is missing promises nothing. */
export type Target = Partial<Record<ClockKind, number>> & { calendar?: string };
export type PriorityKey = "1" | "2" | "3" | "4";

export interface PolicySpec {
  name: Words;
  when?: Tree;
  targets: Partial<Record<PriorityKey, Target>>;
  pause_in?: string[];
  customer_calendar?: boolean;
}

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof weekdays)[number];
export type { Hours } from "../../../parts/hours.ts";

export interface CalendarSpec {
  name: Words;
  time_zone: string;
  always?: boolean;
  weekly?: Partial<Record<Weekday, Hours[]>>;
  holidays?: string[];
  extra_days?: { date: string; hours: Hours[] }[];
  notes?: Record<string, Words>;
}

export interface Effect {
  calendar?: string;
  none?: boolean;
  targets?: Target;
  due_at?: string;
}

export interface ExceptionSpec {
  name: Words;
  when?: Tree;
  effect: Effect;
  reason: string;
  from?: string;
  until?: string;
  approval?: boolean;
}

export interface Action {
  kind: "tell" | "reassign" | "priority" | "line" | "tag" | "webhook";
  roles?: string[];
  people?: string[];
  assignee?: boolean;
  person?: string;
  group?: string;
  to?: number;
  tag?: string;
  url?: string;
}

export interface Level {
  clock: ClockKind | "any";
  at: "share" | "before" | "breach" | "after";
  value?: number;
  actions: Action[];
}

export interface EscalationSpec {
  name: Words;
  when?: Tree;
  levels: Level[];
}

export interface Specs {
  calendars: CalendarSpec;
  "sla-policies": PolicySpec;
  "sla-exceptions": ExceptionSpec;
  escalations: EscalationSpec;
}
export type Kind = keyof Specs;

export interface Trial {
  tickets: number;
  moved: number;
  earlier: number;
  into_past: number;
  kept_before: number | null;
  kept_after: number | null;
  took_ms: number;
  rows: { ref: string; subject: string; kind: ClockKind; before: string | null; after: string | null }[];
}
