import { expect, test } from "vitest";
import { editable } from "./moments.ts";

test("a rating may be changed until its end", () => {
  const now = new Date("2026-11-22T10:00:00Z");
  expect(editable(null, now)).toBe(true);
  expect(editable("2026-11-22T10:00:01Z", now)).toBe(true);
  expect(editable("2026-11-22T10:00:00Z", now)).toBe(false);
});
