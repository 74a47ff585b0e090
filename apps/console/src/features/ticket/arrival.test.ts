import { expect, test } from "vitest";
import { cameAt, wrongArrival } from "./arrival.ts";

const opened = "2026-11-23T09:15:42.5Z";
const now = new Date("2026-11-23T12:00:30Z");

test.each([
  ["", "need"],
  ["2026-11-23T12:01:00Z", "future"],
  ["2026-11-23T12:00:00Z", null],
  ["2026-11-23T09:16:00Z", null],
  ["2026-11-23T09:15:00Z", null],
  ["2026-11-23T09:14:00Z", "early"],
])("somebody came at %s: %s", (at, wrong) => {
  expect(wrongArrival(at, opened, now)).toBe(wrong);
});

test("the minute in which the ticket was opened is the moment of its opening", () => {
  expect(cameAt("2026-11-23T09:15:00Z", opened)).toBe(opened);
  expect(cameAt("2026-11-23T09:14:00Z", opened)).toBe("2026-11-23T09:14:00Z");
  expect(cameAt("2026-11-23T10:00:00Z", opened)).toBe("2026-11-23T10:00:00Z");
});
