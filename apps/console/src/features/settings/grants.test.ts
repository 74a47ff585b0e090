import { expect, test } from "vitest";
import { chapterOf, hasTypes, sameGrants, typesOf, withGrant } from "./grants.ts";

const grants = [
  { permission: "ticket.read", types: "*" as const },
  { permission: "ticket.reply", types: ["incident", "request"] },
];

test("a right covers all types, some or none", () => {
  expect(typesOf(grants, "ticket.read")).toBe("*");
  expect(typesOf(grants, "ticket.reply")).toEqual(["incident", "request"]);
  expect(typesOf(grants, "ticket.note")).toEqual([]);
});

test("giving and taking away", () => {
  expect(typesOf(withGrant(grants, "ticket.reply", "*"), "ticket.reply")).toBe("*");
  expect(withGrant(grants, "ticket.reply", [])).toEqual([grants[0]]);
});

test("order does not make a change", () => {
  expect(
    sameGrants(grants, [
      { permission: "ticket.reply", types: ["request", "incident"] },
      { permission: "ticket.read", types: "*" },
    ]),
  ).toBe(true);
  expect(sameGrants(grants, withGrant(grants, "ticket.read", ["incident"]))).toBe(false);
});

test("only rights about tickets have types", () => {
  expect(hasTypes("ticket.reply")).toBe(true);
  expect(hasTypes("member.manage")).toBe(false);
});

test.each([
  ["ticket.reply", "tickets"],
  ["role.manage", "people"],
  ["request.rate", "portal"],
  ["something.new", "settings"],
])("%s stands under “%s”", (key, chapter) => {
  expect(chapterOf({ key })).toBe(chapter);
});
