import { expect, test } from "vitest";
import { groupOf, withHeadings } from "./grouping.ts";
import { row } from "./row.fixture.ts";

const now = Date.parse("2026-11-23T09:00:00Z");
const pending = { key: "pending", name: "Требует уточнения", category: "pending" } as const;

const sla = (due_at: string, minutes: number) => ({
  kind: "resolution" as const,
  due_at,
  target_seconds: 14_400,
  working_seconds_left: minutes * 60,
  open_now: true,
  changes_at: null,
  always: false,
  time_zone: "Europe/Moscow",
  breached: minutes < 0,
  read_at: now,
});

test.each([
  ["2026-11-23T08:56:00Z", -4, "overdue"],
  ["2026-11-23T09:40:00Z", 40, "hour"],
  ["2026-11-23T12:00:00Z", 180, "day"],
  ["2026-11-24T06:05:00Z", 15, "hour"],
  ["2026-11-25T09:00:00Z", 900, "later"],
])("a deadline at %s with %s working minutes left stands in “%s”", (due_at, minutes, want) => {
  expect(groupOf(row(1, { sla: sla(due_at, minutes) }), now)).toBe(want);
});

test("without a promise the priority is the group, and a pause comes last", () => {
  expect(groupOf(row(1, { priority: 2 }), now)).toBe("p2");
  expect(groupOf(row(1, { priority: 1, status: pending, sla: sla("2026-11-23T09:40:00Z", 40) }), now)).toBe("paused");
});

test("headings count their rows and rows are numbered through", () => {
  const rows = [row(1, { priority: 1 }), row(2, { status: pending }), row(3, { priority: 1 })];
  const lines = withHeadings(rows.map((r) => ({ row: r, group: groupOf(r, now), gone: false })));
  expect(lines.map((line) => (line.kind === "heading" ? `${line.group}:${line.count}` : line.index))).toEqual([
    "p1:2",
    0,
    1,
    "paused:1",
    2,
  ]);
});

test("what comes later and what waits are one group when nothing stands between", () => {
  const later = row(1, { sla: sla("2026-11-25T09:00:00Z", 900) });
  const rows = [later, row(2, { status: pending }), row(3, { sla: sla("2026-11-23T09:40:00Z", 40) })];
  const lines = withHeadings(rows.map((r) => ({ row: r, group: groupOf(r, now), gone: false })));
  expect(lines.map((line) => (line.kind === "heading" ? `${line.group}:${line.count}` : line.row.number))).toEqual([
    "hour:1",
    3,
    "rest:2",
    1,
    2,
  ]);
});
