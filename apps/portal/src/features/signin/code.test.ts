import { expect, test } from "vitest";
import { digitsOf, looksLikeEmail } from "./code.ts";

test("a code is found in whatever was pasted", () => {
  expect(digitsOf("482 713")).toBe("482713");
  expect(digitsOf("482-713")).toBe("482713");
  expect(digitsOf("Ваш код: 482713, действует 10 минут")).toBe("482713");
  expect(digitsOf("48a2")).toBe("482");
  expect(digitsOf("48271399")).toBe("482713");
});

test("what is no address is told before it is sent", () => {
  expect(looksLikeEmail("i.petrov@ptf4.example")).toBe(true);
  expect(looksLikeEmail(" a@b.c ")).toBe(true);
  for (const bad of ["", "ivan", "ivan@host", "a b@c.d"]) expect(looksLikeEmail(bad)).toBe(false);
});
