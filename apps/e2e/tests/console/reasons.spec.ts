import { expect } from "@playwright/test";
import { expectAccessible } from "../../axe.ts";
import { origin } from "../../people.ts";
import { assignee, openSome, routedTenant } from "../../route.ts";
import { test } from "../../test.ts";

test("many tickets are given to somebody with one reason, and each tells it", async ({ page }) => {
  const { slug, me } = await routedTenant("ru");
  const tickets = await openSome(slug, ["Первая касса", "Вторая касса", "Третья касса"]);
  await me.open(page, `${origin}/q?scope=${slug}&view=all`);
  await expect(page.getByText("Третья касса")).toBeVisible();
  await page.keyboard.press("j");
  for (const key of ["x", "j", "x", "j", "x"]) await page.keyboard.press(key);
  await page.keyboard.press("a");
  const chooser = page.getByRole("dialog", { name: "Назначить" });
  await chooser.getByLabel("Причина (необязательно)").fill("Кассы веду я");
  await expectAccessible(page, "[role=dialog]", "giving many");
  await chooser.getByRole("combobox").press("Enter");
  await expect(chooser).toHaveCount(0);
  for (const one of tickets) await expect.poll(() => assignee(slug, one.number)).toBe(me.name);
  for (const one of tickets.slice(0, 2)) {
    await page.goto(`${origin}/t/${slug}/tickets/${one.ref}?why=true`);
    const why = page.getByRole("dialog", { name: "Почему так" });
    await expect(why).toContainText("Кассы веду я");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("main").getByText("Кассы веду я").first()).toBeVisible();
  }
});
