import type { RequestRow } from "@manydesk/kit/api/portal";
import { expect, test } from "vitest";
import { pick } from "./Mine.tsx";

const row = (number: number, state: RequestRow["state"]) => ({ number, state }) as RequestRow;
const first = [row(1, "in_work"), row(2, "resolved"), row(3, "closed"), row(4, "received"), row(5, "waiting")];
const numbers = (rows: RequestRow[]) => rows.map((one) => one.number);

test("until the list is there the first page's rows stand in", () => {
  expect(numbers(pick(undefined, first, "in_work"))).toEqual([1, 4]);
  expect(numbers(pick(undefined, first, "resolved"))).toEqual([2, 3]);
  expect(numbers(pick(undefined, first, "all"))).toEqual([1, 2, 3, 4]);
});

test("five of the list, without those that stand above", () => {
  const list = [9, 8, 7, 6, 5, 4, 3].map((number) => row(number, number === 8 ? "waiting" : "in_work"));
  expect(numbers(pick(list, first, "in_work"))).toEqual([9, 7, 6, 5, 4]);
});
