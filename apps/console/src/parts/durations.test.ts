import { describe, expect, test } from "vitest";
import { readDuration, usualDay, wholeDays } from "./durations.ts";
import type { Hours } from "./hours.ts";

describe("durations as people write them", () => {
  test.each([
    ["15 мин", 15],
    ["4 ч", 240],
    ["1 ч 30 мин", 90],
    ["1,5 ч", 90],
    ["3 раб. дн", 1440],
    ["3 раб дн.", 1440],
    ["2 рабочих дня", 960],
    ["2 h", 120],
    ["1h30m", 90],
    ["5 days", 2400],
    ["45", 45],
    ["—", null],
    ["", null],
    ["скоро", undefined],
    ["4 ч завтра", undefined],
    ["0 ч", undefined],
    ["-4 ч", undefined],
  ])("%s", (text, want) => {
    expect(readDuration(text, 480)).toBe(want);
  });

  test("two whole days and more are said as days", () => {
    expect([480, 960, 1000, 1440].map((minutes) => wholeDays(minutes, 480))).toEqual([undefined, 2, undefined, 3]);
  });

  test("the usual day is the most frequent one", () => {
    const full: Hours[] = [
      ["09:00", "13:00"],
      ["14:00", "18:00"],
    ];
    const weekly = { mon: full, tue: full, wed: full, thu: full, fri: [["09:00", "16:00"]] as Hours[] };
    expect(usualDay({ weekly })).toBe(480);
    expect(usualDay({ always: true })).toBe(1440);
    expect(usualDay(undefined)).toBe(480);
  });
});
