import { expect, test } from "vitest";
import { changed, placed, restored, without } from "./edit.ts";

const stage = (key: string, more: object = {}) => ({ key, name: { ru: key, en: key }, ...more });
const stages = [stage("look"), stage("agree", { beside: true, hours: 4 }), stage("repair")];
const keys = (all: readonly { key: string }[]) => all.map((one) => one.key).join();

test("a stage is moved, never out of the list", () => {
  expect(keys(placed(stages, "repair", 0))).toBe("repair,look,agree");
  expect(keys(placed(stages, "repair", 3))).toBe("look,agree,repair");
  expect(keys(placed(stages, "nothing", 0))).toBe("look,agree,repair");
});

test("the first stage begins beside nothing", () => {
  expect(placed(stages, "agree", 0)[0]).toEqual(stage("agree", { hours: 4 }));
  expect(without(stages, "look")[0]).toEqual(stage("agree", { hours: 4 }));
});

test("what was taken away comes back to its place, once", () => {
  const [, agree] = stages;
  if (!agree) throw new Error("no stage");
  expect(keys(restored(without(stages, "agree"), agree, 1))).toBe("look,agree,repair");
  expect(keys(restored(stages, agree, 0))).toBe("look,agree,repair");
});

test("what is emptied is not said at all", () => {
  expect(changed(stages, "agree", { hours: undefined, group: "" })[1]).toEqual(stage("agree", { beside: true }));
});
