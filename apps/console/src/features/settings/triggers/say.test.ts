import { speaker } from "@manydesk/kit/words/useWords";
import { expect, test } from "vitest";
import { actionText, eventText, hostOf, inUnits } from "./say.ts";
import words from "./words.json";

const t = speaker(words, "ru");
const names = {
  groups: [{ value: "service", label: "Сервис" }],
  people: [],
  vendors: [],
  roles: [{ value: "lead", label: "Руководитель" }],
  skills: [],
  priorities: [],
  macros: [{ value: "visit", label: "Выезд" }],
  processes: [],
};
const statuses = [{ key: "pending", name: "Требует уточнения" }];

test("time is said in the largest whole unit", () => {
  expect(inUnits(30)).toEqual({ n: 30, unit: 1 });
  expect(inUnits(120)).toEqual({ n: 2, unit: 60 });
  expect(inUnits(2880)).toEqual({ n: 2, unit: 1440 });
  expect(inUnits(1500)).toEqual({ n: 25, unit: 60 });
  expect(eventText({ on: "time", after: { minutes: 30, since: "waiting" } }, t)).toBe("прошло 30 мин как ждёт клиент");
  expect(eventText({ on: "ticket.opened" }, t)).toBe("заявка создана");
});

test("actions are said by names, not keys", () => {
  expect(actionText({ kind: "assign", group: "service" }, t, names, statuses)).toBe("назначить: Сервис");
  expect(actionText({ kind: "status", to: "pending" }, t, names, statuses)).toBe("сменить статус: Требует уточнения");
  expect(actionText({ kind: "tell", assignee: true, roles: ["lead", "gone"] }, t, names, statuses)).toBe(
    "сообщить: ответственному, Руководитель, gone",
  );
  expect(actionText({ kind: "tag", add: ["a"], remove: ["b"] }, t, names, statuses)).toBe("метки: +a, −b");
  expect(actionText({ kind: "set", field: "priority", value: 1 }, t, names, statuses)).toBe("изменить поле: приоритет = P1");
  expect(actionText({ kind: "route" }, t, names, statuses)).toBe("распределить по правилам");
  expect(actionText({ kind: "create_task", text: { ru: "Позвонить" }, group: "service", until_hours: 4 }, t, names, statuses)).toBe(
    "создать задачу: «Позвонить», Сервис, срок 4 ч",
  );
  expect(actionText({ kind: "apply_macro", macro: "visit" }, t, names, statuses)).toBe("применить макрос: Выезд");
  expect(actionText({ kind: "note", text: { ru: "Проверить" } }, t, names, statuses)).toBe("внутренняя заметка: «Проверить»");
});

test("of an address its host is shown", () => {
  expect(hostOf("https://hooks.example.com/x?y=1")).toBe("hooks.example.com");
  expect(hostOf("https")).toBe("https");
});
