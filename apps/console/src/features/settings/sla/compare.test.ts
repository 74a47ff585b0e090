import { speaker } from "@manydesk/kit/words/useWords";
import { expect, test } from "vitest";
import { differences } from "../drafting/setting.ts";
import { calendarLines, escalationLines, exceptionLines, policyLines, type Wording } from "./compare.ts";
import type { CalendarSpec, EscalationSpec, ExceptionSpec, PolicySpec } from "./spec.ts";
import words from "./words.json";

const wording: Wording = {
  t: speaker(words, "ru"),
  names: { value: (_field, value) => (value === "pending" ? "Ждём клиента" : String(value)), calendar: (key) => `«${key}»` },
  language: "ru",
  clock: (kind) => (kind === "resolution" ? "Решение" : kind),
  duration: (minutes) => `${minutes} мин`,
  date: (day) => day,
  moment: (at) => at,
  role: (key) => key,
};

test("a policy: targets by priority and promise, calendar, statuses, the condition as a sentence", () => {
  const old: PolicySpec = { name: { ru: "Gold" }, targets: { 2: { resolution: 480, calendar: "office" } }, pause_in: [] };
  const next: PolicySpec = {
    name: { ru: "Gold", en: "Gold" },
    when: { field: "priority", op: "at_most", value: 2 },
    targets: { 2: { resolution: 240, calendar: "always" } },
    pause_in: ["pending"],
    customer_calendar: true,
  };
  expect(differences(policyLines(old, wording), policyLines(next, wording))).toEqual([
    { what: "Название по-английски", from: null, to: "Gold" },
    { what: "Для каких заявок", from: "все заявки", to: "приоритет P2 и выше" },
    { what: "P2, Решение", from: "480 мин", to: "240 мин" },
    { what: "P2, Календарь", from: "«office»", to: "«always»" },
    { what: "Часы стоят в статусах", from: null, to: "Ждём клиента" },
    { what: "Свой календарь клиента важнее календаря политики", from: "нет", to: "да" },
  ]);
});

test("a calendar: hours of a weekday, dates, zone", () => {
  const old: CalendarSpec = { name: {}, time_zone: "Europe/Moscow", weekly: { mon: [["09:00", "18:00"]] }, holidays: ["2027-01-01"] };
  const next: CalendarSpec = {
    name: {},
    time_zone: "Asia/Omsk",
    weekly: {
      mon: [
        ["09:00", "13:00"],
        ["14:00", "18:00"],
      ],
      sat: [["10:00", "14:00"]],
    },
    holidays: ["2027-01-01"],
    extra_days: [{ date: "2027-01-09", hours: [["10:00", "15:00"]] }],
    notes: { "2027-01-09": { ru: "Перенос" } },
  };
  expect(differences(calendarLines(old, wording), calendarLines(next, wording))).toEqual([
    { what: "Часовой пояс", from: "Europe/Moscow", to: "Asia/Omsk" },
    { what: "Понедельник", from: "09:00–18:00", to: "09:00–13:00, 14:00–18:00" },
    { what: "Суббота", from: "выходной", to: "10:00–14:00" },
    { what: "2027-01-09", from: null, to: "10:00–15:00 (Перенос)" },
  ]);
});

test("what is the same is not told", () => {
  const spec: PolicySpec = { name: { ru: "Gold" }, targets: {} };
  expect(differences(policyLines(spec, wording), policyLines({ ...spec, pause_in: [], customer_calendar: false }, wording))).toEqual([]);
});

test("an exception: what it does, why, from when until when", () => {
  const old: ExceptionSpec = { name: { ru: "Ночь" }, effect: { calendar: "always" }, reason: "Договор" };
  const next: ExceptionSpec = { ...old, effect: { none: true }, reason: "Договор 7", until: "2027-01-01T00:00:00Z", approval: true };
  expect(differences(exceptionLines(old, wording), exceptionLines(next, wording)).map(({ what, to }) => [what, to])).toEqual([
    ["Что меняется", "без SLA"],
    ["Причина", "Договор 7"],
    ["Действует до", "2027-01-01T00:00:00Z"],
    ["Нужно утверждение администратора заказчика", "да"],
  ]);
});

test("an escalation: an address that is called is told, and a level that is gone", () => {
  const call = (url: string): EscalationSpec["levels"][number] => ({ clock: "any", at: "breach", actions: [{ kind: "webhook", url }] });
  const old: EscalationSpec = {
    name: {},
    levels: [call("https://one.example"), { clock: "resolution", at: "share", value: 80, actions: [] }],
  };
  const next: EscalationSpec = { name: {}, levels: [call("https://two.example")] };
  const found = differences(escalationLines(old, wording), escalationLines(next, wording));
  expect(found).toHaveLength(2);
  expect(found[0]?.to).toContain("https://two.example");
  expect(found[1]?.to).toBeNull();
});
