/** Promises and their clocks, as both APIs give them. */

export type ClockKind = "first_response" | "next_response" | "resolution" | "arrival";
export type Words = { ru?: string; en?: string };

/** The nearest promise of a ticket, in lists. */
export interface RowClock {
  kind: ClockKind;
  due_at: string;
  target_seconds: number;
  working_seconds_left: number;
  open_now: boolean;
  changes_at: string | null;
  always: boolean;
  time_zone: string;
  breached: boolean;
  /** When it was read by this browser, in milliseconds; put there by `asRead`. */
  read_at?: number;
}

/** One promise of a ticket. */
export interface Clock {
  kind: ClockKind;
  state: "running" | "paused" | "met" | "cancelled";
  started_at: string;
  due_at: string | null;
  met_at: string | null;
  breached: boolean;
  target_seconds: number;
  working_seconds_left: number | null;
  working_seconds_used: number;
  open_now: boolean;
  changes_at: string | null;
  always: boolean;
  time_zone: string;
  resume_at: string | null;
  read_at?: number;
}

export interface Segment {
  from: string;
  to: string;
  kind: "working" | "closed" | "paused";
  seconds: number;
}

export interface NamedVersion {
  key: string;
  version: number;
  name: string;
  reason?: string;
}

export interface CalendarRef {
  key: string;
  name: string;
  time_zone: string;
  always: boolean;
}

/** One policy or exception that was looked at, with each of its conditions. */
export interface Tried {
  kind: "exception" | "policy";
  key: string;
  name: string;
  matched: boolean;
  sentences: { text: string; matched: boolean; actual: string | null }[];
}

export interface ClockStep {
  at: string;
  kind: "started" | "paused" | "resumed" | "retargeted" | "met" | "breached" | "escalated" | "moved";
  text: string;
}

/** Why the deadlines of a ticket are what they are. */
export interface SlaWhy {
  policy: NamedVersion | null;
  exception: NamedVersion | null;
  calendar: CalendarRef | null;
  tried: Tried[];
  clocks: (Clock & { segments: Segment[]; paused_seconds: number; closed_seconds: number; steps: ClockStep[] })[];
}

/** What a ticket would be promised. */
export interface DeadlinePreview {
  at: string;
  policy: NamedVersion | null;
  exception: NamedVersion | null;
  calendar: CalendarRef | null;
  tried: Tried[];
  clocks: { kind: ClockKind; due_at: string; target_seconds: number; calendar: CalendarRef; segments: Segment[] }[];
}

/** Says when the clocks of an answer were read, so that they can be counted on from there. */
export function asRead<T extends { sla?: RowClock | null; clocks?: Clock[] }>(thing: T, at: number): T {
  if (!thing.sla && !thing.clocks) return thing;
  return {
    ...thing,
    ...(thing.sla && { sla: { ...thing.sla, read_at: at } }),
    ...(thing.clocks && { clocks: thing.clocks.map((clock) => ({ ...clock, read_at: at })) }),
  };
}
