import { expect, test } from "vitest";
import { effectOf, missingIn, ownException, type Typed } from "./exception.ts";

const typed: Typed = { kind: "move", dueAt: "2026-12-01T09:00:00Z", calendar: "always", targets: { resolution: 60 }, reason: "Поставка" };

test("only what the chosen kind means is sent", () => {
  expect(effectOf(typed)).toEqual({ due_at: "2026-12-01T09:00:00Z" });
  expect(effectOf({ ...typed, kind: "none" })).toEqual({ none: true });
  expect(effectOf({ ...typed, kind: "change" })).toEqual({ calendar: "always", targets: { resolution: 60 } });
  expect(effectOf({ ...typed, kind: "change", calendar: "", targets: { resolution: 60, arrival: undefined } })).toEqual({
    targets: { resolution: 60 },
  });
  expect(effectOf({ ...typed, kind: "back" })).toEqual({});
});

test("nothing goes without its date, its change or its reason", () => {
  expect(missingIn(typed)).toEqual([]);
  expect(missingIn({ ...typed, dueAt: "" })).toEqual(["due_at"]);
  expect(missingIn({ ...typed, kind: "change", calendar: "", targets: {} })).toEqual(["change"]);
  expect(missingIn({ ...typed, kind: "back", reason: " " })).toEqual(["reason"]);
});

test("only the ticket's own exception can be taken back here", () => {
  const own = { key: "ticket", version: 0, name: "Для этой заявки", reason: "Поставка" };
  expect(ownException({ exception: own })).toBe(own);
  expect(ownException({ exception: { ...own, key: "night" } })).toBeNull();
  expect(ownException(undefined)).toBeNull();
});
