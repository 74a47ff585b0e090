import type { components } from "./agent.gen.ts";

type Schemas = components["schemas"];
/** When it was read by this browser, in milliseconds; put there by `asRead`. */
interface Read {
  read_at?: number;
}

/** Promises and their clocks, as the server gives them. */
export type ClockKind = Schemas["ClockKind"];
export type Words = Schemas["Words"];
/** The nearest promise of a ticket, in lists. */
export type RowClock = Schemas["RowClock"] & Read;
export type Clock = Schemas["Clock"] & Read;
export type Segment = Schemas["Segment"];
export type ClockStep = Schemas["ClockStep"];
/** One policy or exception that was looked at, with each of its conditions. */
export type Tried = Schemas["TriedRule"];
/** Why the deadlines of a ticket are what they are. */
export type SlaWhy = Schemas["WhyPage"];
/** What a ticket would be promised. */
export type DeadlinePreview = Schemas["DeadlinePreview"];

/** Says when the clocks of an answer were read, so that they can be counted on from there. */
export function asRead<T extends { sla?: RowClock | null; clocks?: Clock[] }>(thing: T, at: number): T {
  if (!thing.sla && !thing.clocks) return thing;
  return {
    ...thing,
    ...(thing.sla && { sla: { ...thing.sla, read_at: at } }),
    ...(thing.clocks && { clocks: thing.clocks.map((clock) => ({ ...clock, read_at: at })) }),
  };
}
