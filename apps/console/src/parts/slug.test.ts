import { expect, test } from "vitest";
import { codeOf, slugOf } from "./slug.ts";

test.each([
  ["АКМЕ Ритейл", "akme-riteyl"],
  ["  ООО «Ромашка» ", "ooo-romashka"],
  ["Nordlicht Logistics GmbH", "nordlicht-logistics-gmbh"],
  ["Щ".repeat(30), `${"sch".repeat(13)}s`],
])("the address of %s", (name, want) => {
  expect(slugOf(name)).toBe(want);
});

test("the code is short and loud", () => {
  expect(codeOf("«Ромашка»")).toBe("РОМА");
  expect(codeOf("")).toBe("");
});
