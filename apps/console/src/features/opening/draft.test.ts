import { expect, test } from "vitest";
import { blank, contactOf, missing, stranger } from "./draft.ts";

test("a blank form lacks the client, the subject and the text", () => {
  expect(missing(blank)).toEqual({ requester: true, subject: true, text: true });
});

test("a new client needs a name and one way to be reached", () => {
  const draft = { ...blank, subject: "Касса", text: "Не печатает", requester: { ...stranger } };
  expect(missing(draft)).toEqual({ name: true, way: true });
  expect(missing({ ...draft, requester: { ...stranger, name: "Иван", phone: "+7 495 555-01-42" } })).toEqual({});
});

test("a known client goes by id, a new one by mail before phone", () => {
  expect(contactOf({ ...stranger, id: "con_1" })).toEqual({ id: "con_1" });
  expect(contactOf({ ...stranger, name: " Иван ", email: "i@x.ru", phone: "1" })).toEqual({ email: "i@x.ru", name: "Иван" });
});
