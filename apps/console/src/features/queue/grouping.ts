import type { Row } from "@manydesk/kit/api/agent";
import { leftAt, stepAt } from "@manydesk/kit/clock/clock";

/** Groups of the queue in the order they are shown, by risk. Tickets without a promise stand by priority before what has time. */
export const groupOrder = ["overdue", "hour", "today", "p1", "p2", "p3", "p4", "later"] as const;
export type Group = (typeof groupOrder)[number];

/** One row as it is listed: in the group where it stood when the list was taken in. */
export interface Listed {
  row: Row;
  group: Group;
  /** It has left the view and stays, greyed, until the list is taken in anew. */
  gone: boolean;
}
export type Line = { kind: "heading"; group: Group; count: number } | ({ kind: "row"; index: number } & Listed);

/**
 * The group of one row at an instant, by the working time that is left: an hour before a desk
 * closes may be the last hour of a deadline of tomorrow.
 */
export function groupOf(row: Row, now: number): Group {
  if (row.status.category === "pending") return "later";
  const { sla } = row;
  if (!sla) return `p${row.priority}`;
  if (stepAt(sla, now) === "breach") return "overdue";
  if (leftAt(sla, now) <= 3600) return "hour";
  return new Date(sla.due_at).toDateString() === new Date(now).toDateString() ? "today" : "later";
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
