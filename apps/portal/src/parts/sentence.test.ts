import { expect, test } from "vitest";
import { daytime, firstName, leadOf, quotable } from "./sentence.ts";

test("the part that stands out is cut off at the first stop", () => {
  expect(leadOf("В работе, занимается Олег.")).toEqual(["В работе,", " занимается Олег."]);
  expect(leadOf("Закрыта.")).toEqual(["Закрыта.", ""]);
  expect(leadOf("Somebody")).toEqual(["Somebody", ""]);
  expect(leadOf("Назначен специалист: Мария.")).toEqual(["Назначен специалист:", " Мария."]);
});

test("nobody is greeted by an address", () => {
  expect(firstName(" Иван Петров ")).toBe("Иван");
  expect(firstName("i.petrov@ptf4.example")).toBe("");
  expect(firstName("")).toBe("");
});

test.each([
  [3, "night"],
  [5, "morning"],
  [12, "day"],
  [17, "day"],
  [18, "evening"],
  [23, "evening"],
] as const)("at %i it is %s", (hour, word) => {
  expect(daytime(hour)).toBe(word);
});

test("quotes inside a quotation are the inner ones", () => {
  expect(quotable("Через «Возврат», да?", "ru")).toBe("Через „Возврат“, да?");
  expect(quotable("Press “Return”", "en")).toBe("Press ‘Return’");
});
