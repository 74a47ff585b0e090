import { expect, test } from "vitest";
import { appended } from "./macros.ts";

test("a prepared reply stands after what was written, files stay, a tried send gets another name", () => {
  const file = { id: "fil_1", name: "a.txt", mime: "text/plain", size: 3 };
  expect(appended(undefined, "Едем.")).toEqual({ text: "Едем.", uploads: [] });
  expect(appended({ text: "Здравствуйте!\n", uploads: [file], key: "k" }, "Едем.")).toEqual({
    text: "Здравствуйте!\n\nЕдем.",
    uploads: [file],
  });
  expect(appended({ text: "  ", uploads: [] }, "Едем.").text).toBe("Едем.");
});
