import { expect, test } from "vitest";
import { moved, withQuestion } from "./spec.ts";

const all = [{ field: "a" }, { field: "b" }, { field: "c" }];

test("a question moves up and down, the others keep their order", () => {
  expect(moved(all, 2, 0).map((one) => one.field)).toEqual(["c", "a", "b"]);
  expect(moved(all, 0, 1).map((one) => one.field)).toEqual(["b", "a", "c"]);
  expect(moved(all, 7, 1)).toEqual(all);
});

test("one question changes alone", () => {
  expect(withQuestion(all, 1, { required: true })).toEqual([{ field: "a" }, { field: "b", required: true }, { field: "c" }]);
});
