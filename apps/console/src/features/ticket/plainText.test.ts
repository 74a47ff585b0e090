import { expect, test } from "vitest";
import { plainText } from "./plainText.ts";

test("one line of a message's words", () => {
  expect(plainText("<p>Лог во <b>вложении</b>.</p><p>Ждём<br>очень.</p>")).toBe("Лог во вложении. Ждём очень.");
});

test("nothing of a script runs or shows as markup", () => {
  expect(plainText("<p>a &lt;b&gt;</p>")).toBe("a <b>");
});
