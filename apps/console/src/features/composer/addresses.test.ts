import { expect, test } from "vitest";
import { insert, readAddresses } from "./addresses.ts";

test("reads addresses however they are parted", () => {
  expect(readAddresses("a@x.ru, b@y.com;c@z.org не-адрес")).toEqual(["a@x.ru", "b@y.com", "c@z.org"]);
  expect(readAddresses("")).toEqual([]);
});

test("puts a text in the place of a selection", () => {
  expect(insert("Добрый ... день", "светлый", 7, 10)).toEqual({ text: "Добрый светлый день", at: 14 });
});
