import { expect, test } from "vitest";
import { type ConditionField, freshLeaf, shapeOf, withField, withOp } from "./field.ts";
import { add, depthOf, drop, move, negate, nest, nodesOf, pointer, rejoin, type Tree } from "./tree.ts";

const leaf = (field: string): Tree => ({ field, op: "empty" });
const [a, b, c] = [leaf("a"), leaf("b"), leaf("c")];

test("a root that is no group becomes one with its second condition", () => {
  expect(add({}, [], a)).toEqual({ all: [a] });
  expect(add(a, [], b)).toEqual({ all: [a, b] });
  expect(add({ not: a }, [], b)).toEqual({ all: [{ not: a }, b] });
  expect(add({ all: [a, { any: [b] }] }, ["all", 1], c)).toEqual({ all: [a, { any: [b, c] }] });
});

test("what is left empty goes too", () => {
  const tree: Tree = { all: [a, { not: { any: [b] } }] };
  expect(drop(tree, ["all", 1, "not", "any", 0])).toEqual({ all: [a] });
  expect(drop({ all: [a] }, ["all", 0])).toEqual({});
  expect(drop(a, [])).toEqual({});
});

test("a condition moves within its group, with its negation", () => {
  const tree: Tree = { any: [a, { not: b }, c] };
  expect(move(tree, ["any", 1, "not"], -1)).toEqual({ tree: { any: [{ not: b }, a, c] }, path: ["any", 0, "not"] });
  expect(move(tree, ["any", 2], 1).tree).toBe(tree);
  expect(move(a, [], 1).tree).toBe(a);
});

test("twice denied is as it was; a group in a group is joined the other way", () => {
  const denied = negate({ all: [a] }, ["all", 0]);
  expect(denied.tree).toEqual({ all: [{ not: a }] });
  expect(negate(denied.tree, denied.path)).toEqual({ tree: { all: [a] }, path: ["all", 0] });
  expect(nest({ all: [a, b] }, ["all", 1])).toEqual({ tree: { all: [a, { any: [b] }] }, path: ["all", 1, "any", 0] });
  expect(rejoin({ all: [a, b] }, [])).toEqual({ any: [a, b] });
});

test("ways are the server's pointers", () => {
  const { nodes } = nodesOf({ all: [a, { not: b }] });
  expect(nodes.map((one) => pointer(one.path))).toEqual(["/all/0", "/all/1"]);
  expect(depthOf(["all", 1, "not"])).toBe(3);
});

const text: ConditionField = { key: "subject", kind: "text", name: "Тема", ops: ["is", "contains", "empty"] };
const other: ConditionField = { ...text, key: "model", name: "Модель" };
const rank: ConditionField = {
  key: "priority",
  kind: "number",
  name: "Приоритет",
  ops: ["is", "between"],
  choices: [{ key: "1", name: "P1" }],
};

test("a value stays while its shape does", () => {
  const node: Tree = { field: "subject", op: "contains", value: "чек" };
  expect(withOp(node, text, "is")).toEqual({ field: "subject", op: "is", value: "чек" });
  expect(withOp(node, text, "empty")).toEqual({ field: "subject", op: "empty" });
  expect(withField(node, other, text)).toEqual({ field: "model", op: "contains", value: "чек" });
  expect(withField(node, rank, text)).toEqual({ field: "priority", op: "is", value: 1 });
  expect(shapeOf(rank, "between")).toBe("numbers");
  expect(freshLeaf(text)).toEqual({ field: "subject", op: "is", value: "" });
});
