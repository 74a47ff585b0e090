import { expect, type Page, test } from "@playwright/test";

test.describe.configure({ mode: "serial" });

const facts = async (page: Page) => (await (await page.request.get("/v1/stream/facts")).json()) as { open: number; watched: string[] };
const say = (page: Page, name: string) => page.request.post("/v1/stream/say", { data: name, headers: { "Content-Type": "text/plain" } });

for (const way of ["worker", "leader"]) {
  test(`two tabs share one stream, by ${way}`, async ({ context }) => {
    const first = await context.newPage();
    await first.goto(`/?part=live&way=${way}&watch=queue`);
    await expect(first.getByRole("heading")).toHaveText("live");
    const second = await context.newPage();
    await second.goto(`/?part=live&way=${way}&watch=ticket:acme/1042`);
    await expect(second.getByRole("heading")).toHaveText("live");
    await expect.poll(async () => facts(first)).toMatchObject({ open: 1, watched: ["queue", "ticket:acme/1042"] });

    await say(first, "ticket.changed");
    await expect(first.locator("output")).toContainText("ticket.changed");
    await expect(second.locator("output")).toContainText("ticket.changed");

    await first.close();
    await expect.poll(async () => facts(second)).toMatchObject({ open: 1, watched: ["ticket:acme/1042"] });
    await say(second, "comment.added");
    await expect(second.locator("output")).toContainText("comment.added");
    await second.close();
  });
}

test("a stream that the server ends comes back by itself", async ({ page }) => {
  await page.goto("/?part=live&way=alone");
  await expect(page.getByRole("heading")).toHaveText("live");
  await expect.poll(async () => (await facts(page)).watched).toEqual(["queue"]);
  await page.request.delete("/v1/stream");
  await expect.poll(async () => (await facts(page)).open, { timeout: 20_000 }).toBe(1);
  await expect(page.getByRole("heading")).toHaveText("live");
  await say(page, "queue.moved");
  await expect(page.locator("output")).toContainText("queue.moved");
});
