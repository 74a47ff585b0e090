import { expect, test } from "vitest";
import { hoursOf, instant, monday, place, textOf } from "./rota.ts";

test("hours are read as people write them", () => {
  expect(hoursOf("9-13, 14:00–18:30")).toEqual([
    ["09:00", "13:00"],
    ["14:00", "18:30"],
  ]);
  expect(hoursOf(" ")).toEqual([]);
  expect(hoursOf("22:00–06:00")).toEqual([["22:00", "06:00"]]);
  for (const wrong of ["nine", "09:00", "25:00-26:00", "09:70-10:00"]) expect(hoursOf(wrong)).toBeUndefined();
  expect(textOf([["09:00", "18:00"]])).toBe("09:00–18:00");
  expect(textOf(undefined)).toBe("");
});

test("a week begins on Monday by the person's own clock", () => {
  // Sunday in London is Monday in Vladivostok already.
  const now = Date.parse("2026-11-22T20:00:00Z");
  expect(new Date(monday(now, "Europe/London", 0)).toISOString()).toBe("2026-11-16T00:00:00.000Z");
  expect(new Date(monday(now, "Asia/Vladivostok", 0)).toISOString()).toBe("2026-11-23T00:00:00.000Z");
  expect(new Date(monday(now, "Europe/London", 1)).toISOString()).toBe("2026-11-23T00:00:00.000Z");
});

test("a shift stands where the clock on the wall is, also when the clocks have changed", () => {
  const week = Date.parse("2026-10-19T00:00:00Z");
  const sunday = { starts_at: "2026-10-25T08:00:00Z", ends_at: "2026-10-25T16:00:00Z" };
  const [left, width] = place(sunday, week, "Europe/Berlin") ?? [0, 0];
  expect(left * 7 * 24).toBeCloseTo(6 * 24 + 9);
  expect(width * 7 * 24).toBeCloseTo(8);
  expect(place(sunday, week + 7 * 86_400_000, "Europe/Berlin")).toBeNull();
  expect(new Date(instant(Date.parse("2026-10-25T09:00:00Z"), "Europe/Berlin")).toISOString()).toBe("2026-10-25T08:00:00.000Z");
});
