import type { TypeDef } from "@manydesk/kit/api/portal";
import { expect, test } from "vitest";
import type { NewRequest } from "../../parts/drafts.ts";
import { answersOf, chosenType, lacks as lacksOf, shownOf, toNumber } from "./check.ts";

const lacks = (draft: NewRequest, types: readonly TypeDef[]) => lacksOf(draft, types, chosenType(draft.type, types)?.fields ?? []);

const climate: TypeDef = {
  key: "climate",
  name: "Микроклимат",
  public: true,
  fields: [
    { key: "house", name: "Корпус", kind: "choice", required: true },
    { key: "birds", name: "Голов", kind: "number", required: false },
    { key: "air", name: "Вентиляция", kind: "boolean", required: true },
  ],
};
const other: TypeDef = { key: "other", name: "Другое", public: true, fields: [] };
const draft = (part: Partial<NewRequest>): NewRequest => ({
  subject: "Молчит",
  text: "С утра",
  type: "",
  fields: {},
  files: [],
  key: "k",
  ...part,
});

test("what is missing comes in the order of the form", () => {
  expect(lacks(draft({ subject: " ", text: "" }), [climate, other])).toEqual(["type", "subject", "text"]);
  expect(lacks(draft({ type: "climate" }), [climate, other])).toEqual(["field:house", "field:air"]);
  expect(lacks(draft({ type: "climate", fields: { house: "h1", air: false, birds: "много" } }), [climate, other])).toEqual([
    "number:birds",
  ]);
  expect(lacks(draft({ type: "other" }), [climate, other])).toEqual([]);
});

test("the only type needs no choice", () => {
  expect(chosenType("", [other])).toBe(other);
  expect(lacks(draft({}), [other])).toEqual([]);
  expect(lacks(draft({}), [])).toEqual([]);
});

test("answers go as the server takes them", () => {
  const values = { house: " h1 ", birds: "18 400,5", air: false, stale: "of another type", empty: "" };
  expect(answersOf(values, climate.fields)).toEqual({ house: "h1", birds: 18400.5, air: false });
});

test("numbers as people write them", () => {
  expect(toNumber("4,5")).toBe(4.5);
  expect(toNumber("1\u00a0284")).toBe(1284);
  expect(toNumber("много")).toBeNull();
});

test("a default is an answer until it is emptied", () => {
  const field = { key: "house", name: "Корпус", kind: "text" as const, required: true, value: "h1" };
  expect(shownOf(field, {})).toBe("h1");
  expect(lacksOf(draft({}), [other], [field])).toEqual([]);
  expect(answersOf({}, [field])).toEqual({});
  expect(lacksOf(draft({ fields: { house: "" } }), [other], [field])).toEqual(["field:house"]);
  expect(answersOf({ house: "" }, [field])).toEqual({ house: null });
});

test("what is not asked is neither missed nor sent", () => {
  expect(lacksOf(draft({ type: "climate" }), [climate], [])).toEqual([]);
  expect(answersOf({ house: "h1" }, [])).toEqual({});
});
