import { expect, test } from "vitest";
import { readFilter, withCondition, withoutField, writeFilter } from "./filterText.ts";

test("reads conditions and words", () => {
  expect(readFilter('status:open,pending priority<=2 "не печатает" касса')).toEqual([
    { field: "status", operator: ":", value: "open,pending" },
    { field: "priority", operator: "<=", value: "2" },
    { field: "words", operator: ":", value: "не печатает касса" },
  ]);
});

test.each(["status:open", "priority<=2 assignee:me", '"не печатает"', 'company:"ТЦ Юг"', ""])("writes back what it read: %s", (text) => {
  expect(writeFilter(readFilter(text))).toBe(text);
});

test("replaces and removes one field", () => {
  const text = withCondition("status:open priority<=2", { field: "status", operator: ":", value: "pending" });
  expect(text).toBe("priority<=2 status:pending");
  expect(withoutField(text, "priority")).toBe("status:pending");
  expect(withCondition(text, { field: "status", operator: ":", value: "" })).toBe("priority<=2");
});
