import { describe, expect, test } from "vitest";
import { leftAt, markAt, paceAt, stepAt, type Ticking } from "./clock.ts";

const read = Date.parse("2026-11-23T06:00:00Z");
const at = (minutes: number): number => read + minutes * 60_000;
const iso = (minutes: number): string => new Date(at(minutes)).toISOString();

/** Four hours promised, two left, read at minute 0. */
function clock(more: Partial<Ticking> = {}): Ticking {
  return {
    due_at: iso(120),
    target_seconds: 14_400,
    working_seconds_left: 7200,
    open_now: true,
    changes_at: null,
    breached: false,
    read_at: read,
    ...more,
  };
}

describe("what is left of the working time", () => {
  test.each([
    ["round the clock", clock(), 30, 90],
    ["at the deadline", clock(), 120, 0],
    ["after it: late by so many", clock(), 130, -10],
    ["the desk closes on the way: it stands", clock({ due_at: iso(1000), changes_at: iso(60) }), 90, 60],
    ["and stands still at the end of the night", clock({ due_at: iso(1000), changes_at: iso(60) }), 900, 60],
    ["closed: nothing runs", clock({ due_at: iso(300), open_now: false, changes_at: iso(180) }), 100, 120],
    ["closed: it runs from the opening", clock({ due_at: iso(300), open_now: false, changes_at: iso(180) }), 200, 100],
    ["closed for good", clock({ due_at: iso(900), open_now: false }), 600, 120],
    ["never more than until the deadline", clock({ due_at: iso(20) }), 0, 20],
    ["never less than nothing before it", clock({ due_at: iso(300) }), 250, 0],
    ["a machine whose clock was set back", clock(), -10, 120],
    ["late already when it was read", clock({ due_at: iso(-4), working_seconds_left: -240, breached: true }), 1, -5],
    ["late, and the desk is closed", clock({ due_at: iso(-4), working_seconds_left: -240, open_now: false, breached: true }), 60, -4],
  ])("%s", (_name, given, minute, want) => {
    expect(leftAt(given, at(minute)) / 60).toBeCloseTo(want, 5);
  });

  test("one without a time of reading counts from when it was first looked at", () => {
    const given = clock({ read_at: undefined });
    expect(leftAt(given, at(10))).toBe(6600);
    expect(leftAt(clock({ read_at: undefined, due_at: iso(500) }), at(10))).toBe(7200);
  });
});

test("calm above half, notice at half, warning at a fifth, then breach", () => {
  const whole = clock({ due_at: iso(240), working_seconds_left: 14_400 });
  const steps = [0, 119, 120, 191, 192, 239, 240, 300].map((minute) => stepAt(whole, at(minute)));
  expect(steps).toEqual(["calm", "calm", "notice", "notice", "warn", "warn", "breach", "breach"]);
  expect(stepAt(clock({ breached: true }), read)).toBe("breach");
});

test("a screen reader hears 15, 5 and 0 minutes, nothing else", () => {
  const heard = Array.from({ length: 130 }, (_, minute) => markAt(clock(), at(minute)));
  const turns = heard.flatMap((mark, minute) => (minute > 0 && mark !== heard[minute - 1] ? [[minute, mark]] : []));
  expect(turns).toEqual([
    [105, 15],
    [115, 5],
    [120, 0],
  ]);
});

test("every second in the last five minutes, else twice a minute", () => {
  expect([0, 114, 116, 121, 126].map((minute) => paceAt(clock(), at(minute)))).toEqual([30, 30, 1, 1, 30]);
});
