import { expect, type Page } from "@playwright/test";
import { expectAccessibleInBothThemes } from "../../axe.ts";
import { maker } from "../../clock.ts";
import { openTicket, origin } from "../../people.ts";
import { newcomer, routedTenant } from "../../route.ts";
import { test } from "../../test.ts";

async function pick(page: Page, opener: ReturnType<Page["getByRole"]>, option: string): Promise<void> {
  await opener.press("Enter");
  await page.getByRole("option", { name: option, exact: true }).click();
}

test("conditions of the queue are kept as a view, shared, changed, deleted and brought back", async ({ page, browser }) => {
  const { slug, me } = await routedTenant("ru");
  const urgent = await openTicket(maker, slug, { priority: 1 });
  const calm = await openTicket(maker, slug, { priority: 4 });
  await me.open(page, `${origin}/q?scope=${slug}&view=all`);
  const list = page.getByRole("region", { name: "Список заявок" });
  await expect(list.getByText(calm.subject)).toBeVisible();

  await page.getByRole("button", { name: "Фильтр" }).press("Enter");
  await page.getByRole("button", { name: "Ещё условия…" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: "Условия списка" });
  await dialog.getByRole("button", { name: "Условие", exact: true }).press("Enter");
  await pick(page, dialog.getByRole("combobox").first(), "Приоритет");
  await pick(page, dialog.getByRole("combobox").nth(1), "не больше");
  await pick(page, dialog.getByRole("combobox").last(), "P2");
  await expectAccessibleInBothThemes(page, "conditions of the list");
  await dialog.getByRole("button", { name: "Показать" }).press("Enter");
  await expect(list.getByText(urgent.subject)).toBeVisible();
  await expect(list.getByText(calm.subject)).toBeHidden();

  await page.getByRole("button", { name: "Сохранить вид" }).press("Enter");
  await page.getByRole("menuitem", { name: "Сохранить как вид…" }).press("Enter");
  await page.getByLabel("Название").fill("Горящие");
  await page.getByRole("switch", { name: /^Виден всем, кто работает с/ }).press("Space");
  await expectAccessibleInBothThemes(page, "naming a view");
  await page.getByLabel("Название").press("Enter");
  const side = page.getByRole("complementary", { name: "Виды и заказчики" });
  await expect(side.getByRole("link", { name: "Горящие" })).toHaveAttribute("aria-current", "page");
  await expect(page.getByRole("heading", { name: "Горящие" })).toBeVisible();

  // A colleague finds it, sees what it shows, and cannot change it.
  const colleague = await newcomer(slug, "en", { role: "agent" });
  const other = await browser.newPage();
  await colleague.open(other, `${origin}/q`);
  await other.getByRole("link", { name: "Горящие" }).click();
  await expect(other.getByText(urgent.subject).first()).toBeVisible();
  await expect(other.getByText(calm.subject)).toBeHidden();
  await other.getByRole("button", { name: "Save the view" }).click();
  await expect(other.getByRole("menuitem", { name: "Save as a new view…" })).toBeVisible();
  await expect(other.getByRole("menuitem", { name: "Delete the view" })).toBeHidden();
  await other.close();

  // The address is the view: reloaded, it is the same; changed, it says so and can be kept.
  await page.reload();
  await expect(page.getByRole("heading", { name: "Горящие" })).toBeVisible();
  await page.getByRole("button", { name: "Условия: 1" }).press("Enter");
  await pick(page, page.getByRole("dialog", { name: "Условия списка" }).getByRole("combobox").last(), "P4");
  await page.getByRole("button", { name: "Показать" }).press("Enter");
  await expect(page.getByText("изменён", { exact: true })).toBeVisible();
  await expect(list.getByText(calm.subject)).toBeVisible();
  await page.getByRole("button", { name: "Сохранить вид" }).press("Enter");
  await page.getByRole("menuitem", { name: "Сохранить изменения вида" }).press("Enter");
  await expect(page.getByText("изменён", { exact: true })).toBeHidden();

  await page.getByRole("button", { name: "Сохранить вид" }).press("Enter");
  await page.getByRole("menuitem", { name: "Удалить вид" }).press("Enter");
  await expect(side.getByRole("link", { name: "Горящие" })).toBeHidden();
  await page.getByRole("button", { name: "Отменить" }).click();
  await expect(side.getByRole("link", { name: "Горящие" })).toBeVisible();
  await side.getByRole("link", { name: "Горящие" }).click();
  await expect(list.getByText(calm.subject)).toBeVisible();
});

test("in English: a view over all customers, whose name was forgotten first", async ({ page }) => {
  const { slug, me } = await routedTenant("en");
  await openTicket(maker, slug);
  await me.open(page, `${origin}/q?view=all&filter=${encodeURIComponent("assignee:none")}`);
  await page.getByRole("button", { name: "Save the view" }).click();
  await page.getByRole("menuitem", { name: "Save as a view…" }).click();
  const dialog = page.getByRole("dialog", { name: "Save as a view…" });
  await dialog.getByLabel("Name").fill("   ");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText(/required|Fill/)).toBeVisible();
  await dialog.getByLabel("Name").fill("Nobody has these");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("link", { name: "Nobody has these" })).toBeVisible();
  await page.setViewportSize({ width: 390, height: 800 });
  await expect(page.getByRole("heading", { name: "Nobody has these" })).toBeVisible();
  await expectAccessibleInBothThemes(page, "a saved view on a phone");
});
