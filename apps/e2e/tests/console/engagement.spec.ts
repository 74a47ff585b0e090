import { expect } from "@playwright/test";
import { origin, signIn } from "../../people.ts";
import { test } from "../../test.ts";

test("ending an engagement takes the customer from the open browsers within a second", async ({ page, browser }) => {
  const other = await browser.newContext({ locale: "ru-RU", timezoneId: "Europe/Moscow" });
  const agent = await other.newPage();
  await signIn(agent, "ira@linia.example", "/q?scope=vek&view=all");
  await agent.locator("a[data-key]").first().click();
  await expect(agent).toHaveURL(/\/t\/vek\/tickets\//);
  const place = agent.url();

  await signIn(page, "owner@vector.example", "/t/vek/settings/engagements");
  await page.getByRole("button", { name: "Закончить" }).click();
  const ended = page.waitForResponse((r) => /engagements\/[^/]+\/end$/.test(r.url()));
  await page.getByRole("dialog").getByRole("button", { name: "Закончить" }).click();
  expect((await ended).ok()).toBe(true);
  const from = Date.now();
  await expect(agent).toHaveURL(/\/q/, { timeout: 5000 });
  const took = Date.now() - from;
  expect(took, `the page was left after ${took} ms`).toBeLessThan(1500);
  await expect(agent.getByRole("link", { name: /Клиника «Вектор»/ })).toHaveCount(0);
  await agent.goto(place);
  await expect(agent.getByRole("article")).toHaveCount(0);
  const answer = await agent.request.get(`${origin}/v1/tenants/vek/tickets?limit=1`);
  expect(answer.status()).toBe(403);
  expect(((await answer.json()) as { code: string }).code).toBe("engagement_ended");
  await other.close();
});
