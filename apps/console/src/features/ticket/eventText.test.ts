import type { Entry } from "@manydesk/kit/api/agent";
import { formats } from "@manydesk/kit/words/format";
import { speaker } from "@manydesk/kit/words/useWords";
import { expect, test } from "vitest";
import { eventText } from "./eventText.ts";
import words from "./words.json";

const fact = (event: Entry["event"]): Entry => ({
  seq: 1,
  at: "2026-11-23T09:00:00.000Z",
  kind: "event",
  public: false,
  author: { id: "u", name: "Мария Белова", kind: "staff", initials: "МБ" },
  event,
});
const ru = (event: Entry["event"]) => eventText(fact(event), speaker(words, "ru"), formats("ru"));

test.each([
  [{ type: "ticket.opened" }, "Мария Белова: заявка создана"],
  [
    {
      type: "ticket.status_changed",
      changes: [{ field: "status", from: "open", to: "resolved", from_name: "Открыта", to_name: "Решена" }],
    },
    "Мария Белова: Открыта → Решена",
  ],
  [{ type: "ticket.priority_changed", changes: [{ field: "priority", from: 3, to: 2 }] }, "Мария Белова: приоритет P3 → P2"],
  [{ type: "ticket.assigned", changes: [{ field: "assignee", from: "a", to: null }] }, "Мария Белова: без ответственного"],
  [
    { type: "ticket.arrival_withdrawn", changes: [{ field: "arrival", from: "2026-11-23T09:00:00Z", to: null }] },
    "Мария Белова: приезд отменён",
  ],
  [
    {
      type: "ticket.assigned",
      changes: [{ field: "group", from: null, to: "depot", from_name: "", to_name: "Склад" }],
      reason: "Возврат: Осмотр",
    },
    "Мария Белова: группа «Склад» — Возврат: Осмотр",
  ],
  [{ type: "process.started", work: { name: "Возврат" } }, "Мария Белова: начат процесс «Возврат»"],
  [{ type: "stage.skipped", work: { name: "Срочно" } }, "Этап «Срочно» пропущен: его условие не выполнено"],
  [{ type: "task.done", work: { name: "Фото" } }, "Мария Белова: задача «Фото» выполнена"],
  [
    { type: "task.changed", work: { name: "Фото" }, changes: [{ field: "task.assignee", from: null, to: "u", to_name: "Олег Карпов" }] },
    "Мария Белова: задача «Фото» — Олег Карпов",
  ],
  [{ type: "ticket.changed", changes: [{ field: "subject", from: "", to: "" }] }, "Мария Белова: изменено — тема"],
])("says a fact in words: %j", (event, want) => {
  expect(ru(event)).toBe(want);
});

test("a fact nobody has words for is still told", () => {
  expect(ru({ type: "ticket.something_new" })).toBe("Мария Белова: something new");
});
