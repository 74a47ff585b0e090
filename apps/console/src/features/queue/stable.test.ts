import { expect, test } from "vitest";
import { keyOf, withHeadings } from "./grouping.ts";
import { row } from "./row.fixture.ts";
import { listed, nothingShown, takeIn } from "./stable.ts";

const now = Date.parse("2026-11-23T09:00:00Z");
const order = (shown: Parameters<typeof listed>[0]) => listed(shown).map((one) => one.row.number);

test("an idle list takes the fresh order", () => {
  const shown = takeIn(nothingShown, [row(1), row(2)], false, now);
  expect(order(takeIn(shown, [row(3), row(2), row(1)], false, now))).toEqual([3, 2, 1]);
});

test("under the pointer nothing moves: new rows wait behind the pill, known ones are patched", () => {
  const shown = takeIn(nothingShown, [row(1), row(2)], false, now);
  const next = takeIn(shown, [row(9), row(2, { subject: "changed" }), row(1)], true, now);
  expect(order(next)).toEqual([1, 2]);
  expect(next.waiting).toBe(1);
  expect(next.rows.get(keyOf(row(2)))?.subject).toBe("changed");
});

test("a row that left the view stays, greyed", () => {
  const shown = takeIn(nothingShown, [row(1), row(2)], false, now);
  const next = takeIn(shown, [row(1)], true, now);
  expect(listed(next).map((one) => one.gone)).toEqual([false, true]);
});

test("the next page is added at the end even under the pointer", () => {
  const shown = takeIn(nothingShown, [row(1), row(2)], false, now);
  const next = takeIn(shown, [row(8), row(1), row(2), row(3), row(4)], true, now);
  expect(order(next)).toEqual([1, 2, 3, 4]);
  expect(next.waiting).toBe(1);
});

test("a held row keeps its group when its priority changes", () => {
  const shown = takeIn(nothingShown, [row(1, { priority: 3 }), row(2, { priority: 3 })], false, now);
  const next = takeIn(shown, [row(2, { priority: 1 }), row(1, { priority: 3 })], true, now);
  expect(withHeadings(listed(next)).map((line) => (line.kind === "row" ? line.row.number : line.group))).toEqual(["p3", 1, 2]);
});
