import type { RoutingWhy } from "@manydesk/kit/api/route";
import { setLanguage } from "@manydesk/kit/words/language";
import { render, screen, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { RouteTrace } from "./RouteTrace.tsx";

beforeEach(() => setLanguage("ru"));

const oleg = { id: "u1", name: "Олег Карпов", kind: "staff" as const, initials: "ОК" };
const anna = { id: "u2", name: "Анна Ли", kind: "staff" as const, initials: "АЛ" };
const rule = (position: number, matched: boolean) => ({
  key: `r${position}`,
  name: `Правило ${position}`,
  position,
  matched,
  off: false,
  skipped: false,
  sentences: [{ text: "тип — Микроклимат", matched, seen: true, actual: matched ? null : "Механика" }],
});
const why: RoutingWhy = {
  version: 7,
  at: "2026-11-23T07:12:00Z",
  by_hand: false,
  cause: null,
  rule: { key: "r4", name: "Правило 4", position: 4 },
  tried: [rule(1, false), rule(2, false), rule(3, false), rule(4, true)],
  strategy: "least_loaded",
  candidates: [
    { person: oleg, points: 9, tickets: 4, capacity: 20, on_shift: true, until: null, skill: 2, chosen: true, no: null },
    {
      person: anna,
      points: 40,
      tickets: 20,
      capacity: 20,
      on_shift: true,
      until: null,
      skill: 3,
      chosen: false,
      no: "Больше не возьмёт: 20 из 20.",
    },
  ],
  more: 2,
  to: {
    group: { key: "m2", name: "Микроклимат-2" },
    person: oleg,
    vendor: null,
    line: null,
    priority: null,
    process: { key: "repair", name: "Ремонт" },
    tags: [],
  },
  changes: [{ at: "2026-11-23T08:00:00Z", by: anna, field: "assignee", from: "Олег Карпов", to: "Анна Ли", reason: "Ближе к объекту" }],
};

test("in full: each rule with the value seen, all candidates with why not, changes with who and why", () => {
  render(<RouteTrace why={why} />);
  expect(screen.getByText(/Маршруты, версия 7/)).toBeTruthy();
  const rules = within(screen.getByRole("list", { name: "Правила по порядку" }));
  expect(rules.getByText("Правило 1")).toBeTruthy();
  expect(rules.getAllByText(/здесь: Механика/)).toHaveLength(3);
  expect(screen.getByRole("region", { name: "Куда" }).textContent).toContain("Микроклимат-2, Олег Карпов");
  expect(screen.getByRole("region", { name: "Куда" }).textContent).toContain("процесс «Ремонт», 4 заявки, навык 2, на смене");
  expect(screen.getByText("Больше не возьмёт: 20 из 20.")).toBeTruthy();
  expect(screen.getByText("и ещё 2 человека")).toBeTruthy();
  expect(screen.getByText("Анна Ли: ответственный Олег Карпов → Анна Ли")).toBeTruthy();
  expect(screen.getByText("Ближе к объекту")).toBeTruthy();
});

test("compact: three that did not fit are one line, only the choice is shown", () => {
  render(<RouteTrace why={why} compact />);
  expect(screen.getByText("1–3")).toBeTruthy();
  expect(screen.getByText("3 правила не подошли")).toBeTruthy();
  expect(screen.queryByText("Анна Ли")).toBeNull();
});

test("the default says so, and nobody is said", () => {
  render(
    <RouteTrace
      why={{ ...why, rule: null, tried: [rule(1, false)], candidates: [], strategy: "manual", to: { ...why.to, person: null } }}
    />,
  );
  expect(screen.getByText("По умолчанию: ни одно правило не подошло")).toBeTruthy();
  expect(screen.getByRole("region", { name: "Куда" }).textContent).toContain("Микроклимат-2, никто не назначен");
});
