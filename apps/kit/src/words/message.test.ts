import { compileMessageOrThrow } from "@lingui/message-utils/compileMessage";
import { expect, test } from "vitest";
import { fill, type Message } from "./message.ts";

const compiled = (text: string): Message => compileMessageOrThrow(text) as Message;

test.each([
  [1, "1 заявка"],
  [2, "2 заявки"],
  [5, "5 заявок"],
  [21, "21 заявка"],
  [112, "112 заявок"],
  [1.5, "1,5 заявки"],
  [1284, "1\u00a0284 заявки"],
])("counts tickets in Russian: %s", (n, want) => {
  const message = compiled("{n, plural, one {# заявка} few {# заявки} many {# заявок} other {# заявки}}");
  expect(fill(message, "ru", { n })).toBe(want);
});

test("exact forms come before plural ones, and choices nest", () => {
  const message = compiled("{n, plural, =0 {пусто} one {{who} одна} other {{who}: #}}");
  expect(fill(message, "ru", { n: 0, who: "Мария" })).toBe("пусто");
  expect(fill(message, "ru", { n: 1, who: "Мария" })).toBe("Мария одна");
  expect(fill(compiled("{k, select, email {письмо} other {иное}}"), "ru", { k: "phone" })).toBe("иное");
});

test("a forgotten argument is visible, not blank", () => {
  expect(fill(compiled("до {time}"), "ru")).toBe("до {time}");
});
