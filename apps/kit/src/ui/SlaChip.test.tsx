import { act, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Clock, RowClock } from "../api/sla.ts";
import { show } from "../testing/show.tsx";
import { SlaBar, split } from "./SlaBar.tsx";
import { SlaChip } from "./SlaChip.tsx";

const now = new Date("2026-11-23T09:25:00Z");
const at = (minutes: number): string => new Date(now.getTime() + minutes * 60_000).toISOString();
const text = (node: Element): string => (node.textContent ?? "").replaceAll("\u00a0", " ");

beforeEach(() => void vi.useFakeTimers({ now, shouldAdvanceTime: true }));
afterEach(() => void vi.useRealTimers());

function row(minutes: number, more: Partial<RowClock> = {}): RowClock {
  return {
    kind: "resolution",
    due_at: at(minutes),
    target_seconds: 14_400,
    working_seconds_left: minutes * 60,
    open_now: true,
    changes_at: null,
    always: true,
    time_zone: "Europe/Moscow",
    breached: minutes < 0,
    read_at: now.getTime(),
    ...more,
  };
}

function whole(state: Clock["state"], more: Partial<Clock> = {}): Clock {
  return { ...row(60), state, started_at: at(-180), met_at: null, resume_at: null, working_seconds_used: 420, ...more };
}

test.each([
  ["minutes", row(6), "short", "6 мин"],
  ["seconds at the end", row(4.5), "short", "4 мин 30 с"],
  ["working time by its name", row(1000, { always: false, working_seconds_left: 2400 }), "short", "40 мин раб."],
  ["late", row(-4), "short", "Просрочено −4 мин"],
  ["late by seconds", row(-0.5), "short", "Просрочено −30 с"],
  ["until when, in the tenant’s zone", row(6), "long", "до 12:31 МСК · осталось 6 мин"],
  ["until when", row(6), "due", /^до \d\d:31 · 6 мин$/],
  ["paused until", whole("paused", { resume_at: "2026-11-25T06:00:00Z" }), "short", /^до 25 нояб., \d\d:00$/],
  ["paused", whole("paused"), "short", "Пауза"],
  ["met", whole("met", { met_at: at(-30), target_seconds: 900 }), "long", /^в срок \d\d:55, за 7 мин из 15 мин$/],
  ["met, short", whole("met", { met_at: at(-30) }), "short", /^в срок · \d\d:55$/],
  ["met late", whole("met", { met_at: at(-30), breached: true, target_seconds: 300 }), "long", /^с опозданием \d\d:55, за 7 мин из 5 мин$/],
] as const)("a promise in words: %s", (_name, clock, look, want) => {
  const { container } = show(<SlaChip clock={clock} look={look} />);
  if (want instanceof RegExp) expect(text(container)).toMatch(want);
  else expect(text(container)).toBe(want);
});

test("it counts on by itself, by seconds at the end, and says 5 and 0 aloud once", () => {
  const { container } = show(<SlaChip clock={row(6)} says="Решение" />);
  const heard = () => text(screen.getByRole("status"));
  act(() => void vi.advanceTimersByTime(60_000));
  expect(text(container)).toContain("5 мин");
  expect(heard()).toBe("Решение: осталось 5 минут");
  act(() => void vi.advanceTimersByTime(31_000));
  act(() => void vi.advanceTimersByTime(1000));
  expect(text(container)).toMatch(/4 мин 2\d с/);
  act(() => void vi.advanceTimersByTime(270_000));
  expect(text(container)).toContain("Просрочено");
  expect(heard()).toBe("Решение: срок прошёл");
});

test("the bar: counted, pause, counted, what is left; neighbours of one look are one", () => {
  const part = (from: number, to: number, kind: "working" | "paused" | "closed") => ({ from: at(from), to: at(to), kind, seconds: 0 });
  const segments = [part(-274, -190, "working"), part(-190, -150, "paused"), part(-150, -60, "working"), part(-60, 6, "working")];
  expect(split(segments, now.getTime()).map((one) => [one.look, one.seconds / 60])).toEqual([
    ["used", 84],
    ["paused", 40],
    ["used", 150],
    ["left", 6],
  ]);
  show(<SlaBar segments={segments} now={now} step="warn" />);
  const name = screen.getByRole("img").getAttribute("aria-label")?.replaceAll("\u00a0", " ");
  expect(name).toBe("счёт 1 ч 24 мин, пауза 40 мин, счёт 2 ч 30 мин, осталось 6 мин");
});
