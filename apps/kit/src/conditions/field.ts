import type { Option } from "../ui/Select.tsx";
import type { Kind, Tree } from "./tree.ts";

/** A field that conditions can ask about, as the server names it. */
export interface ConditionField {
  key: string;
  kind: Kind;
  name: string;
  ops: readonly string[];
  /** The values there are; of people and companies those whose names are needed now. */
  choices?: readonly { key: string; name: string }[];
  /** Asks for people or companies as the person types. */
  load?: (query: string, signal: AbortSignal) => Promise<readonly Option[]>;
}

/** What a value looks like while it is edited. */
export type Shape =
  | "none"
  | "text"
  | "number"
  | "numbers"
  | "choice"
  | "keys"
  | "tags"
  | "truth"
  | "moment"
  | "while"
  | "calendar"
  | "hours"
  | "days"
  | "day"
  | "dates";

const byOp: Partial<Record<string, Shape>> = {
  empty: "none",
  not_empty: "none",
  within: "while",
  in_calendar: "calendar",
  not_in_calendar: "calendar",
  at_hours: "hours",
  on_days: "days",
};

const byKind: Record<Kind, Shape> = {
  text: "text",
  number: "number",
  choice: "keys",
  person: "keys",
  company: "keys",
  tags: "tags",
  boolean: "truth",
  time: "moment",
  date: "day",
};

export function shapeOf(field: ConditionField, op: string): Shape {
  const shape = byOp[op];
  if (shape) return shape;
  if (op === "between") return field.kind === "date" ? "dates" : "numbers";
  if (field.kind === "number" && field.choices?.length) return "choice";
  return byKind[field.kind];
}

/** What a new value of a shape begins with. */
const blank: Record<Shape, (field: ConditionField) => unknown> = {
  none: () => undefined,
  text: () => "",
  number: () => undefined,
  numbers: () => [],
  choice: (field) => Number(field.choices?.[0]?.key),
  keys: () => [],
  tags: () => [],
  truth: () => true,
  moment: () => ({ seconds: -86_400 }),
  while: () => ({ seconds: -86_400 }),
  calendar: () => undefined,
  hours: () => ["09:00", "18:00"],
  days: () => ["mon", "tue", "wed", "thu", "fri"],
  day: () => "",
  dates: () => ["", ""],
};

function leaf(field: ConditionField, op: string, value: unknown): Tree {
  return value === undefined ? { field: field.key, op } : { field: field.key, op, value };
}

/** A comparison to begin with. */
export function freshLeaf(field: ConditionField): Tree {
  const op = field.ops[0] ?? "is";
  return leaf(field, op, blank[shapeOf(field, op)](field));
}

/** The comparison about another field: it keeps what the other has too. */
export function withField(node: Tree, field: ConditionField, before?: ConditionField): Tree {
  if (before?.kind !== field.kind || !field.ops.includes(node.op ?? "")) return freshLeaf(field);
  const op = node.op ?? "";
  const shape = shapeOf(field, op);
  const keep = shape === shapeOf(before, op) && shape !== "keys" && shape !== "choice";
  return leaf(field, op, keep ? node.value : blank[shape](field));
}

/** Another comparison of the same field: it keeps a value of the same shape. */
export function withOp(node: Tree, field: ConditionField, op: string): Tree {
  const shape = shapeOf(field, op);
  const keep = shape === shapeOf(field, node.op ?? "") && node.value !== undefined;
  return leaf(field, op, keep ? node.value : blank[shape](field));
}

export function withValue(node: Tree, value: unknown): Tree {
  return value === undefined ? { field: node.field, op: node.op } : { ...node, value };
}
