import type { FieldDef, TypeDef } from "@manydesk/kit/api/portal";
import type { NewRequest } from "../../parts/drafts.ts";

export type Lack = "subject" | "text" | "type" | `field:${string}` | `number:${string}`;

/** A field that is asked now; with its default, if it has one. */
export type Question = FieldDef & { value?: unknown };

/** What is missing or unreadable, in the order of the form; of its fields those that are asked now. */
export function lacks(draft: NewRequest, types: readonly TypeDef[], asked: readonly Question[]): Lack[] {
  const type = chosenType(draft.type, types);
  const found: Lack[] = [];
  if (types.length > 1 && !type) found.push("type");
  if (!draft.subject.trim()) found.push("subject");
  if (!draft.text.trim()) found.push("text");
  for (const field of asked) {
    const value = shownOf(field, draft.fields);
    if (field.required && isEmpty(value)) found.push(`field:${field.key}`);
    else if (field.kind === "number" && !isEmpty(value) && toNumber(value) === null) found.push(`number:${field.key}`);
  }
  return found;
}

/** The type that the form is for: the chosen one, or the only one. */
export function chosenType(key: string, types: readonly TypeDef[]): TypeDef | undefined {
  return types.find((one) => one.key === key) ?? (types.length === 1 ? types[0] : undefined);
}

/** What stands in a field: what was typed, else its default. */
export function shownOf(field: Question, values: Record<string, unknown>): unknown {
  const value = values[field.key];
  return value === undefined ? field.value : value;
}

/** The answers as the server takes them: only those that are asked, numbers as numbers; empty only what a default would fill. */
export function answersOf(values: Record<string, unknown>, fields: readonly Question[]): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const field of fields) {
    const { key, kind } = field;
    const value = values[key];
    if (isEmpty(value)) {
      if (value !== undefined && !isEmpty(field.value)) out[key] = null;
      continue;
    }
    out[key] = kind === "number" ? toNumber(value) : typeof value === "string" ? value.trim() : value;
  }
  return out;
}

/** «4,5» and «1 284» are numbers too. */
export function toNumber(value: unknown): number | null {
  const number = Number(
    String(value)
      .replace(/[\s\u00a0]/g, "")
      .replace(",", "."),
  );
  return Number.isFinite(number) ? number : null;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === "string" && value.trim() === "");
}
