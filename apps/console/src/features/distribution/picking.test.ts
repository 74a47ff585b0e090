import { expect, test } from "vitest";
import { after, meant, nothing, reached, stepped, toggled } from "./picking.ts";

const keys = ["a", "b", "c", "d"];
const at = (cursor: string | null, ...picked: string[]) => ({ cursor, picked: new Set(picked) });

test("the cursor walks and stays within the list", () => {
  expect(stepped(nothing, keys, 1, false).cursor).toBe("a");
  expect(stepped(nothing, keys, -1, false).cursor).toBe("d");
  expect(stepped(at("d"), keys, 1, false).cursor).toBe("d");
  expect(stepped(at("gone"), keys, 1, false).cursor).toBe("a");
  expect(stepped(nothing, [], 1, true)).toBe(nothing);
});

test("extending picks both the row left and the row reached", () => {
  const one = stepped(at("b"), keys, 1, true);
  expect([...one.picked]).toEqual(["b", "c"]);
  expect([...stepped(one, keys, 1, true).picked]).toEqual(["b", "c", "d"]);
});

test("a row is picked and let go; Shift reaches from the cursor", () => {
  expect([...toggled(at("a"), "b").picked]).toEqual(["b"]);
  expect([...toggled(at("a", "b"), "b").picked]).toEqual([]);
  expect([...reached(at("d"), keys, "b").picked]).toEqual(["b", "c", "d"]);
});

test("an act means what is picked, else the row of the cursor, never what is gone", () => {
  expect(meant(at("a", "d", "b", "x"), keys)).toEqual(["b", "d"]);
  expect(meant(at("c"), keys)).toEqual(["c"]);
  expect(meant(at("x"), keys)).toEqual([]);
});

test("when rows leave, the cursor goes to the next that stays", () => {
  expect(after(at("b", "b", "c"), keys, ["b", "c"])).toEqual(at("d"));
  expect(after(at("d", "a"), keys, ["d"])).toEqual(at("c", "a"));
  expect(after(at("a"), keys, keys).cursor).toBeNull();
});
