import type { QuestionSpec, TicketField, TicketTypeSpec } from "@manydesk/kit/api/forms";
import type { Setting } from "../drafting/setting.ts";

export type { QuestionSpec, TicketField, TicketTypeSpec } from "@manydesk/kit/api/forms";
export type TicketType = Setting<TicketTypeSpec>;
export type Field = Setting<TicketField>;
export type FieldKind = TicketField["kind"];

/** What a field may hold, in the order in which it is offered. */
export const fieldKinds = ["text", "longtext", "number", "choice", "date", "boolean"] as const satisfies readonly FieldKind[];

/** What a condition of a form may ask about, beside the form's own questions. */
export const formWords = ["type", "priority", "status", "channel", "company", "tags", "language"] as const;

/** The questions with one changed. */
export function withQuestion(all: readonly QuestionSpec[], at: number, part: Partial<QuestionSpec>): QuestionSpec[] {
  return all.map((one, place) => (place === at ? { ...one, ...part } : one));
}

/** The questions with one moved to another place. */
export function moved(all: readonly QuestionSpec[], from: number, to: number): QuestionSpec[] {
  const rest = all.filter((_one, place) => place !== from);
  const one = all[from];
  return one ? rest.toSpliced(to, 0, one) : [...all];
}
