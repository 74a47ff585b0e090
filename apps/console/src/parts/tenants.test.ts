import type { MyTenant } from "@manydesk/kit/api/agent";
import { expect, test } from "vitest";
import { inOrder, underDigit } from "./tenants.ts";

const tenant = (slug: string, pin: number | null): MyTenant =>
  ({ slug, name: slug, pin, counts: { open: 0, at_risk: 0, mine: 0 } }) as unknown as MyTenant;

test("pinned tenants lead and keep their digits", () => {
  const mine = [tenant("a", null), tenant("z", 1), tenant("m", 3)];
  expect(inOrder(mine).map((one) => one.slug)).toEqual(["z", "m", "a"]);
  expect(underDigit(mine, 3)?.slug).toBe("m");
  expect(underDigit(mine, 2)).toBeUndefined();
});

test("until something is pinned the first nine by name have the digits", () => {
  const mine = ["k", "j", "i", "h", "g", "f", "e", "d", "c", "b"].map((slug) => tenant(slug, null));
  expect(underDigit(mine, 1)?.slug).toBe("b");
  expect(inOrder(mine).at(-1)?.pin).toBeNull();
});
