import { expect, test } from "vitest";
import { initials } from "./initials.ts";
import { innerPath, numberOf, requestPath, slugOf } from "./place.ts";

test("the slug is the first label of the host", () => {
  expect(slugOf("acme.localhost")).toBe("acme");
  expect(slugOf("lis.help.example")).toBe("lis");
});

test("a reference gives its number, whatever its letters", () => {
  expect(numberOf("ЛИС-2231")).toBe(2231);
  expect(numberOf("A-B-7")).toBe(7);
  expect(numberOf("ЛИС")).toBe(0);
  expect(requestPath("ЛИС-1")).toBe("/requests/%D0%9B%D0%98%D0%A1-1");
});

test("signing in leads only to pages of this site", () => {
  expect(innerPath("/requests/LIS-1")).toBe("/requests/LIS-1");
  for (const bad of [null, "", "https://evil.example", "//evil.example", "/\\evil.example", "/sign-in?to=/", "javascript:1"])
    expect(innerPath(bad)).toBe("/");
});

test("a face has one or two letters", () => {
  expect(initials("Иван Петров")).toBe("ИП");
  expect(initials("Пётр")).toBe("П");
  expect(initials("Анна Мария Браун")).toBe("АБ");
  expect(initials("i.petrov@ptf4.example")).toBe("I");
  expect(initials("")).toBe("");
});
