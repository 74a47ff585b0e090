import { expect, test } from "vitest";
import { changed, copied, markOf, placed, restored, without, withThen } from "./edit.ts";
import type { Rule } from "./spec.ts";

const rule = (key: string): Rule => ({ key, name: { ru: key }, then: { group: "g" }, stop: true });
const rules = [rule("a"), rule("b"), rule("c")];
const keys = (all: Rule[]) => all.map((one) => one.key).join("");

test("rules move to any place and not out of the list", () => {
  expect(keys(placed(rules, "b", 0))).toBe("bac");
  expect(keys(placed(rules, "b", 2))).toBe("acb");
  expect(keys(placed(rules, "a", -1))).toBe("abc");
  expect(keys(placed(rules, "c", 3))).toBe("abc");
  expect(keys(placed(rules, "a", 2))).toBe("bca");
  expect(keys(placed(rules, "x", 0))).toBe("abc");
});

test("a copy stands after the rule, with a key and a name of its own", () => {
  const all = copied(rules, "b", "new", (name, language) => `${name} ${language}`);
  expect(keys(all)).toBe("abnewc");
  expect(all[2]?.name).toEqual({ ru: "b ru" });
  expect(all[2]?.then).toEqual({ group: "g" });
  expect(all[2]?.then).not.toBe(all[1]?.then);
});

test("an archived rule comes back to its place", () => {
  const left = without(rules, "b");
  expect(keys(left)).toBe("ac");
  expect(keys(restored(left, rule("b"), 1))).toBe("abc");
  expect(keys(restored([], rule("b"), 1))).toBe("b");
  expect(keys(restored(rules, rule("b"), 0))).toBe("abc");
});

test("what is empty is not said", () => {
  expect(withThen({ group: "g", tags: ["x"], line: 2 }, { tags: [], line: undefined, person: "" })).toEqual({ group: "g" });
  expect(changed(rules, "a", { when: undefined, off: false })[0]).toEqual(rule("a"));
  expect(changed(rules, "a", { off: true })[0]?.off).toBe(true);
});

test("a rule is new, changed, or as it was", () => {
  const live = { rules, default: { group: "g" } };
  expect(markOf(rule("z"), live)).toBe("new");
  expect(markOf({ stop: true, then: { group: "g" }, name: { ru: "a" }, key: "a", off: false }, live)).toBeNull();
  expect(markOf({ ...rule("a"), stop: false }, live)).toBe("changed");
  expect(markOf(rule("a"), null)).toBe("new");
});
