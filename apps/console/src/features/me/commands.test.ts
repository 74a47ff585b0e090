import { expect, test } from "vitest";
import { remappable, withKey } from "./commands.ts";

test("a changed key is remembered, the usual one needs no entry", () => {
  const changed = withKey({}, "queue.down", "KeyS", "KeyJ");
  expect(changed).toEqual({ "queue.down": "KeyS" });
  expect(withKey(changed, "queue.down", "KeyJ", "KeyJ")).toEqual({});
  expect(withKey(changed, "queue.down", "", "KeyJ")).toEqual({ "queue.down": "" });
});

test("no two commands of one screen share a usual key", () => {
  for (const list of Object.values(remappable)) {
    const keys = list.map(([, combo]) => combo);
    expect(new Set(keys).size).toBe(keys.length);
  }
});
