import { expect, test } from "vitest";
import { compileWords } from "./words.ts";

test("messages leave the build as tokens, plain ones as text", () => {
  const made = compileWords('{"a": {"ru": "Заявка", "en": "Ticket"}, "n": {"ru": "{n} шт.", "en": "{n} pcs"}}', "words.json");
  expect(made).toContain('"a":{"ru":"Заявка","en":"Ticket"}');
  expect(made).toContain('[["n"]," шт."]');
});

test("a message that cannot be read stops the build and says where", () => {
  expect(() => compileWords('{"a": {"ru": "{n, plural", "en": "x"}}', "queue/words.json")).toThrow(/queue\/words\.json: “a” \(ru\)/);
  expect(() => compileWords('{"a": {"ru": "x"}}', "queue/words.json")).toThrow(/“a” has no en text/);
});
