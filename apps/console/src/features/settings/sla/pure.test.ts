import type { Segment } from "@manydesk/kit/api/sla";
import { describe, expect, test } from "vitest";
import { lengthOf } from "../../../parts/hours.ts";
import { chipsOf, withDates } from "./dates.ts";
import { addends, hoursOf, lanesOf, shownLanes } from "./lanes.ts";
import type { Hours } from "./spec.ts";
import { add, isWrong, move, remove, resize, windowOf } from "./week.ts";

describe("hours of a day", () => {
  const day: Hours[] = [
    ["09:00", "13:00"],
    ["14:00", "18:00"],
  ];

  test("move as far as neighbours and the day allow", () => {
    expect(move(day, 0, 30)[0]).toEqual(["09:30", "13:30"]);
    expect(move(day, 0, 600)[0]).toEqual(["10:00", "14:00"]);
    expect(move(day, 1, 600)[1]).toEqual(["20:00", "24:00"]);
    expect(move(day, 0, -600)[0]).toEqual(["00:00", "04:00"]);
  });

  test("resize keeps a quarter of an hour", () => {
    expect(resize(day, 0, "to", 600)[0]).toEqual(["09:00", "14:00"]);
    expect(resize(day, 0, "to", -600)[0]).toEqual(["09:00", "09:15"]);
    expect(resize(day, 1, "from", -600)[1]).toEqual(["13:00", "18:00"]);
  });

  test("add into a gap, not over what is there; remove", () => {
    expect(add(day, 13 * 60)).toEqual([
      ["09:00", "13:00"],
      ["13:00", "14:00"],
      ["14:00", "18:00"],
    ]);
    expect(add(day, 10 * 60)).toEqual(day);
    expect(add([], 540)).toEqual([["09:00", "13:00"]]);
    expect(remove(day, 0)).toEqual([["14:00", "18:00"]]);
  });

  test("wrong: an end before its start, an overlap, no time", () => {
    expect(isWrong(day, 0)).toBe(false);
    expect(isWrong([["10:00", "09:00"]], 0)).toBe(true);
    expect(
      isWrong(
        [
          ["09:00", "13:00"],
          ["12:00", "15:00"],
        ],
        1,
      ),
    ).toBe(true);
    expect(isWrong([["09:00", "25:00"]], 0)).toBe(true);
    expect(
      lengthOf([
        ["09:00", "24:00"],
        ["xx", "10:00"],
      ]),
    ).toBe(900);
  });

  test("the window grows by what lies outside", () => {
    expect(windowOf([day])).toEqual([6, 22]);
    expect(windowOf([[["00:00", "24:00"]]])).toEqual([0, 24]);
  });
});

describe("the way to a deadline by days", () => {
  // Monday 17:20 to Tuesday 17:20 in Moscow, eight hours with a lunch.
  const part = (from: string, to: string, kind: Segment["kind"]): Segment => ({
    from: `2026-11-${from}:00+03:00`,
    to: `2026-11-${to}:00+03:00`,
    kind,
    seconds: (Date.parse(`2026-11-${to}:00+03:00`) - Date.parse(`2026-11-${from}:00+03:00`)) / 1000,
  });
  const segments = [
    part("23T17:20", "23T18:00", "working"),
    part("23T18:00", "24T09:00", "closed"),
    part("24T09:00", "24T13:00", "working"),
    part("24T13:00", "24T14:00", "closed"),
    part("24T14:00", "24T17:20", "working"),
  ];

  test("cut at midnight, with the start and the deadline marked", () => {
    const lanes = lanesOf(segments, "Europe/Moscow");
    expect(lanes.map(({ parts }) => parts.map((one) => [one.kind, one.from.toFixed(2), one.to.toFixed(2)]))).toEqual([
      [
        ["working", "17.33", "18.00"],
        ["closed", "18.00", "24.00"],
      ],
      [
        ["closed", "0.00", "9.00"],
        ["working", "9.00", "13.00"],
        ["closed", "13.00", "14.00"],
        ["working", "14.00", "17.33"],
      ],
    ]);
    expect(lanes[0]?.start).toBeCloseTo(17.33, 1);
    expect(lanes[1]?.due).toBeCloseTo(17.33, 1);
    expect(hoursOf(lanes)).toEqual([8, 20]);
    expect(shownLanes(lanes)).toMatchObject({ hidden: 0 });
  });

  test("the counted stretches add up to the target", () => {
    expect(addends(segments).map((seconds) => seconds / 60)).toEqual([40, 240, 200]);
    expect(addends([part("23T10:00", "23T11:00", "working"), part("23T11:00", "23T12:00", "working")])).toEqual([7200]);
  });

  test("a long way shows its first and last two days", () => {
    const long = Array.from({ length: 9 }, (_, n) => part(`1${n}T09:00`, `1${n}T18:00`, "working"));
    expect(shownLanes(lanesOf(long, "Europe/Moscow"))).toMatchObject({ hidden: 5, shown: { length: 4 } });
  });
});

describe("dates of a calendar", () => {
  const spec = {
    name: {},
    time_zone: "Europe/Moscow",
    holidays: ["2026-12-31", "2027-01-01", "2027-01-02", "2027-01-05"],
    extra_days: [
      { date: "2026-12-30", hours: [["09:00", "17:00"]] as Hours[] },
      { date: "2027-01-05", hours: [["10:00", "14:00"]] as Hours[] },
    ],
  };

  test("days off come in runs, a day with its own hours wins", () => {
    expect(chipsOf(spec)).toEqual([
      { from: "2026-12-30", to: "2026-12-30", hours: [["09:00", "17:00"]] },
      { from: "2026-12-31", to: "2027-01-02", hours: null },
      { from: "2027-01-05", to: "2027-01-05", hours: [["10:00", "14:00"]] },
    ]);
  });

  test("a chip is changed, added, taken away", () => {
    const [first, run = { from: "", to: "", hours: null }] = chipsOf(spec);
    expect(withDates(spec, run, null).holidays).toEqual(["2027-01-05"]);
    expect(withDates(spec, run, { ...run, to: "2027-01-01" }).holidays).toEqual(["2026-12-31", "2027-01-01", "2027-01-05"]);
    expect(withDates(spec, first ?? null, { from: "2026-12-30", to: "2026-12-30", hours: null }).extra_days).toHaveLength(1);
    expect(withDates(spec, null, { from: "2027-05-01", to: "2027-05-02", hours: null }).holidays?.slice(-2)).toEqual([
      "2027-05-01",
      "2027-05-02",
    ]);
  });
});
