import type { Clock } from "@manydesk/kit/api/sla";
import { formats } from "@manydesk/kit/words/format";
import { speaker } from "@manydesk/kit/words/useWords";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { clockEvent } from "./clockEvent.ts";
import { leading, shownClocks } from "./clocks.ts";
import words from "./words.json";

beforeEach(() => void vi.useFakeTimers({ now: new Date("2026-11-23T09:25:00Z") }));
afterEach(() => void vi.useRealTimers());

function clock(kind: Clock["kind"], state: Clock["state"], due_at: string | null = "2026-11-23T09:31:00Z"): Clock {
  return {
    kind,
    state,
    due_at,
    started_at: "2026-11-23T04:51:00Z",
    met_at: null,
    breached: false,
    target_seconds: 14_400,
    working_seconds_left: 360,
    working_seconds_used: 14_040,
    open_now: true,
    changes_at: null,
    always: true,
    time_zone: "Europe/Moscow",
    resume_at: null,
  };
}

test("the reaction that was kept gives way to a running update", () => {
  const kept = [clock("resolution", "running"), clock("first_response", "met"), clock("next_response", "running")];
  expect(shownClocks({ clocks: kept }).map((one) => one.kind)).toEqual(["next_response", "resolution"]);
  const asleep = [clock("first_response", "met"), clock("next_response", "met"), clock("resolution", "running")];
  expect(shownClocks({ clocks: asleep }).map((one) => one.kind)).toEqual(["first_response", "resolution"]);
  expect(shownClocks({ clocks: [] })).toEqual([]);
});

test("explained first is what runs out first, then what waits", () => {
  const early = clock("next_response", "running", "2026-11-23T09:00:00Z");
  expect(leading([clock("resolution", "running"), early])).toBe(early);
  const paused = clock("resolution", "paused", null);
  expect(leading([clock("first_response", "met"), paused])).toBe(paused);
  expect(leading([])).toBeUndefined();
});

const ru = { t: speaker(words, "ru"), f: formats("ru") };
const en = { t: speaker(words, "en"), f: formats("en") };
const due = { field: "resolve_due", from: null, to: "2026-11-23T09:31:00Z" };
const plain = (text: string | undefined) => text?.replaceAll("\u00a0", " ").replaceAll(/\d\d:\d\d/g, "чч:мм");

test.each([
  [{ type: "sla.started", rule: "Gold", changes: [due] }, "Сроки поставлены по правилу «Gold»: решение до 23 нояб., чч:мм"],
  [
    { type: "sla.changed", changes: [{ ...due, from: "2026-11-23T08:31:00Z" }] },
    "Сроки изменены: решение 23 нояб., чч:мм → 23 нояб., чч:мм",
  ],
  [{ type: "sla.paused" }, "Часы остановлены"],
  [{ type: "sla.resumed" }, "Часы снова идут"],
  [{ type: "sla.met", changes: [{ field: "first_due", from: null, to: null }] }, "Выполнено в срок: реакция"],
  [{ type: "sla.breached", changes: [due] }, "Срок прошёл: решение"],
  [{ type: "sla.escalated", rule: "80 %" }, "Эскалация по правилу «80 %»"],
  [{ type: "ticket.assigned" }, undefined],
])("a fact of the clock is one sentence: %o", (event, want) => {
  expect(plain(clockEvent(event as never, ru.t, ru.f))).toBe(want);
});

test("the same in English", () => {
  expect(plain(clockEvent({ type: "sla.started", rule: "Gold", changes: [due] } as never, en.t, en.f))).toBe(
    "Deadlines set by “Gold”: resolution by 23 Nov, чч:мм",
  );
});
