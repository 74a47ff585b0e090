import { expect, test } from "vitest";
import { qr } from "./qr.ts";

test("the three finders stand in their corners", () => {
  const code = qr("otpauth://totp/Manydesk?secret=JBSWY3DPEHPK3PXP");
  const size = code.length;
  const finder = (x: number, y: number) =>
    code.slice(y, y + 7).map((row) =>
      row
        .slice(x, x + 7)
        .map(Number)
        .join(""),
    );
  const want = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"];
  expect(finder(0, 0)).toEqual(want);
  expect(finder(size - 7, 0)).toEqual(want);
  expect(finder(0, size - 7)).toEqual(want);
});

test("a code that readers were seen to read stays as it is", async () => {
  const text = qr("otpauth://totp/Manydesk?secret=JBSWY3DPEHPK3PXP")
    .map((row) => row.map(Number).join(""))
    .join("\n");
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  expect(hex).toBe("5892ddeff342190571b89d7cac6823ba22cf0a66bd3d11e451dac8c0b9e6ab32");
});

test.each([
  ["a", 21],
  ["x".repeat(150), 49],
  ["я".repeat(300), 93],
])("the size grows with the text: %#", (text, size) => {
  expect(qr(text)).toHaveLength(size);
});

test("too long a text is refused", () => {
  expect(() => qr("x".repeat(3000))).toThrow(RangeError);
});
