import type { QuestionSpec, TicketField, TicketTypeSpec } from "@manydesk/kit/api/forms";
import { speaker } from "@manydesk/kit/words/useWords";
import type { Setting } from "../drafting/setting.ts";
import words from "./words.json";

export type { QuestionSpec, TicketField, TicketTypeSpec } from "@manydesk/kit/api/forms";
export type TicketType = Setting<TicketTypeSpec>;
export type Field = Setting<TicketField>;
export type FieldKind = TicketField["kind"];
export type Choice = NonNullable<TicketField["choices"]>[number];

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

/** A choice to be named. */
export function choiceOf(n: number): Choice {
  return { key: `v${n}`, name: { ru: speaker(words, "ru")("choice.blank", { n }), en: speaker(words, "en")("choice.blank", { n }) } };
}

/** What a field of a kind begins with. */
export function blankField(name: TicketField["name"], kind: FieldKind): TicketField {
  return kind === "choice" ? { name, kind, choices: [choiceOf(1)] } : { name, kind };
}
