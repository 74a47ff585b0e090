import { expect, test } from "vitest";
import { stepsOf } from "./steps.ts";

const tried = (position: number, matched = false) => ({
  key: `r${position}`,
  name: "",
  position,
  matched,
  off: false,
  skipped: false,
  sentences: [],
});

test("a row of rules that did not fit is one line, a pair stays a pair", () => {
  const all = [1, 2, 3, 4, 5].map((n) => tried(n));
  const steps = stepsOf([...all, tried(6, true), tried(7), tried(8)], true);
  expect(steps.map((step) => (step.kind === "rule" ? step.rule.position : step.rules.map((rule) => rule.position)))).toEqual([
    [1, 2, 3, 4, 5],
    6,
    7,
    8,
  ]);
});

test("in full nothing is put together", () => {
  expect(stepsOf([tried(1), tried(2), tried(3), tried(4)], false)).toHaveLength(4);
  expect(stepsOf([], true)).toEqual([]);
});
