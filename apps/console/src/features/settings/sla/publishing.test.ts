import { expect, test } from "vitest";
import { inOrder, type Publishable, publishAll } from "./publishing.ts";

const one = (kind: Publishable["kind"], key: string): Publishable => ({ kind, key, draft: 2, name: key });
const drafts = [one("sla-policies", "gold"), one("calendars", "office"), one("calendars", "night")];

test("calendars go before the policy that names them", () => {
  expect(inOrder(drafts).map((draft) => draft.key)).toEqual(["office", "night", "gold"]);
});

test("running tickets follow once, after the last one", async () => {
  const sent: string[] = [];
  const job = await publishAll(
    drafts,
    "recalculate",
    async ({ key }, running) => {
      sent.push(`${key} ${running}`);
      return { job: running === "recalculate" ? "job-1" : null };
    },
    new Set(),
  );
  expect(sent).toEqual(["office keep", "night keep", "gold recalculate"]);
  expect(job).toBe("job-1");
});

test("after a refusal it goes on where it stood", async () => {
  const done = new Set<string>();
  const sent: string[] = [];
  let refuse = true;
  const publish = async ({ key }: Publishable) => {
    if (key === "night" && refuse) throw new Error("refused");
    sent.push(key);
    return {};
  };
  await expect(publishAll(drafts, "keep", publish, done)).rejects.toThrow("refused");
  refuse = false;
  await publishAll(drafts, "keep", publish, done);
  expect(sent).toEqual(["office", "night", "gold"]);
});
