import type { Row } from "@manydesk/kit/api/agent";
import { leftAt, stepAt } from "@manydesk/kit/clock/clock";

/**
 * Groups of the queue in the server's order, which is that of the working time left; tickets without
 * a promise follow by priority, those that wait come last. `rest` is what comes after the day's work.
 */
export const groupOrder = ["overdue", "hour", "day", "later", "p1", "p2", "p3", "p4", "paused"] as const;
export type Group = (typeof groupOrder)[number];

/** One row as it is listed: in the group where it stood when the list was taken in. */
export interface Listed {
  row: Row;
  group: Group;
  /** It has left the view and stays, greyed, until the list is taken in anew. */
  gone: boolean;
}
export type Heading = Group | "rest";
export type Line = { kind: "heading"; group: Heading; count: number } | ({ kind: "row"; index: number } & Listed);

const hour = 3600;
const workingDay = 8 * hour;

/**
 * The group of one row at an instant, by the working time that is left: an hour before a desk
 * closes may be the last hour of a deadline of tomorrow.
 */
export function groupOf(row: Row, now: number): Group {
  if (row.status.category === "pending") return "paused";
  const { sla } = row;
  if (!sla) return `p${row.priority}`;
  if (stepAt(sla, now) === "breach") return "overdue";
  const left = leftAt(sla, now);
  if (left <= hour) return "hour";
  return left <= workingDay ? "day" : "later";
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
  // With nothing between them, what comes later and what waits are one.
  const together = !["p1", "p2", "p3", "p4"].some((group) => groups.has(group as Group));
  const rest = (groups.get("later")?.length ?? 0) + (groups.get("paused")?.length ?? 0);
  for (const group of groupOrder) {
    const list = groups.get(group);
    if (!list) continue;
    const late = group === "later" || group === "paused";
    if (!late || !together) lines.push({ kind: "heading", group, count: list.length });
    else if (group === "later" || !groups.has("later")) lines.push({ kind: "heading", group: "rest", count: rest });
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
