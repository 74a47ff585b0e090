import { expect, test } from "vitest";
import { scoreOf } from "./score.ts";

test.each([
  ["score=4", 4],
  ["score=1", 1],
  ["score=6", null],
  ["score=4.5", null],
  ["score=", null],
  ["", null],
] as const)("%s names %s", (search, score) => {
  expect(scoreOf(search)).toBe(score);
});
