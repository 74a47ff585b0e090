import type { ClockKind, SlaWhy } from "@manydesk/kit/api/sla";

/** What an exception for one ticket can do; `back` takes the present one away. */
export type ExceptionKind = "move" | "change" | "none" | "back";

export interface Effect {
  none?: boolean;
  due_at?: string;
  calendar?: string;
  targets?: Partial<Record<ClockKind, number>>;
}

/** What was typed so far, for every kind at once: choosing another one loses nothing. */
export interface Typed {
  kind: ExceptionKind;
  dueAt: string;
  calendar: string;
  targets: Partial<Record<ClockKind, number>>;
  reason: string;
}

/** The exception of the ticket alone that holds now. */
export function ownException(why: Pick<SlaWhy, "exception"> | undefined): SlaWhy["exception"] {
  return why?.exception?.key === "ticket" ? why.exception : null;
}

/** What is sent: only what the chosen kind means. Empty for taking back. */
export function effectOf({ kind, dueAt, calendar, targets }: Typed): Effect {
  if (kind === "none") return { none: true };
  if (kind === "move") return { due_at: dueAt };
  if (kind === "back") return {};
  const some = Object.entries(targets).filter(([, minutes]) => minutes);
  return { ...(calendar && { calendar }), ...(some.length > 0 && { targets: Object.fromEntries(some) }) };
}

/** What is missing before it can be sent: an empty change must not take the exception back unasked. */
export function missingIn(typed: Typed): ("due_at" | "change" | "reason")[] {
  const { kind, dueAt, reason } = typed;
  return [
    ...(kind === "move" && !dueAt ? (["due_at"] as const) : []),
    ...(kind === "change" && Object.keys(effectOf(typed)).length === 0 ? (["change"] as const) : []),
    ...(reason.trim() === "" ? (["reason"] as const) : []),
  ];
}
