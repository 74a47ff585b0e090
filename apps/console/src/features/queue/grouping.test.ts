import { expect, test } from "vitest";
import { groupOf, withHeadings } from "./grouping.ts";
import { row } from "./row.fixture.ts";

const now = Date.parse("2026-11-23T09:00:00Z");
const pending = { key: "pending", name: "Требует уточнения", category: "pending" } as const;

test.each([
  ["2026-11-23T08:56:00Z", "overdue"],
  ["2026-11-23T09:40:00Z", "hour"],
  ["2026-11-23T12:00:00Z", "today"],
  ["2026-11-25T09:00:00Z", "later"],
])("a deadline at %s stands in “%s”", (due_at, want) => {
  expect(groupOf(row(1, { due_at }), now)).toBe(want);
});

test("without a clock the priority is the group, and a pause comes last", () => {
  expect(groupOf(row(1, { priority: 2 }), now)).toBe("p2");
  expect(groupOf(row(1, { priority: 1, status: pending }), now)).toBe("paused");
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
