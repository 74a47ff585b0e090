import type { Row } from "@manydesk/kit/api/agent";

/** Groups of the queue in the order they are shown. Deadlines lead; without a clock, priority does. */
export const groupOrder = ["overdue", "hour", "today", "p1", "p2", "p3", "p4", "later", "paused"] as const;
export type Group = (typeof groupOrder)[number];

/** One row as it is listed: in the group where it stood when the list was taken in. */
export interface Listed {
  row: Row;
  group: Group;
  /** It has left the view and stays, greyed, until the list is taken in anew. */
  gone: boolean;
}
export type Line = { kind: "heading"; group: Group; count: number } | ({ kind: "row"; index: number } & Listed);

/** The group of one row at an instant. The server's numbers are compared, never computed with. */
export function groupOf(row: Row, now: number): Group {
  if (row.status.category === "pending") return "paused";
  if (row.due_at === null) return `p${row.priority}`;
  const left = Date.parse(row.due_at) - now;
  if (left < 0) return "overdue";
  if (left <= 3_600_000) return "hour";
  return new Date(row.due_at).toDateString() === new Date(now).toDateString() ? "today" : "later";
}

/** Rows with a heading over each group; inside a group the given order stands. */
export function withHeadings(rows: Listed[]): Line[] {
  const groups = new Map<Group, Listed[]>();
  for (const one of rows) {
    const list = groups.get(one.group);
    if (list) list.push(one);
    else groups.set(one.group, [one]);
  }
  const lines: Line[] = [];
  let index = 0;
  for (const group of groupOrder) {
    const list = groups.get(group);
    if (!list) continue;
    lines.push({ kind: "heading", group, count: list.length });
    for (const one of list) {
      lines.push({ kind: "row", index, ...one });
      index += 1;
    }
  }
  return lines;
}

/** A ticket's name over all tenants. */
export function keyOf(row: Pick<Row, "tenant" | "number">): string {
  return `${row.tenant}/${row.number}`;
}
