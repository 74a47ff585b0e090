import { expect, type Page } from "@playwright/test";
import { expectAccessibleInBothThemes } from "../../axe.ts";
import { change, maker, makeTenant, usualClock } from "../../clock.ts";
import { ask, letIn, openTicket, origin, prefer } from "../../people.ts";
import { test } from "../../test.ts";

const settings = (slug: string, section = "sla") => `${origin}/t/${slug}/settings/${section}`;
const named = (name: string) => ({ ru: name, en: name });

async function open(page: Page, language: "ru" | "en", path: string): Promise<void> {
  await letIn(page, maker);
  await page.goto(`${origin}/me`);
  await prefer(page, language, "light");
  await page.goto(path);
}

test("what several drafts move is one figure, and each alone; a draft that another saved is not written over", async ({ page }) => {
  const slug = await makeTenant();
  await usualClock(maker, slug, "_own");
  await openTicket(maker, slug, { priority: 2 });
  await openTicket(maker, slug, { priority: 4 });
  await change(maker, "PATCH", `/v1/tenants/${slug}/calendars/office_own/draft`, {
    spec: { name: named("Полдня"), time_zone: "Europe/Moscow", weekly: { mon: [["09:00", "13:00"]] } },
  });
  await open(page, "ru", settings(slug));
  await page.getByRole("button", { name: "Gold_own", exact: true }).click();
  const reaction = page.getByRole("textbox", { name: "P2, Реакция" });
  await reaction.fill("3 ч");
  await reaction.press("Tab");
  await expect(page.getByText(/^сохранено \d/)).toBeVisible();
  await page.getByRole("combobox", { name: "Канал" }).click();
  await page.getByRole("option", { name: "звонок" }).click();
  await expect(page.getByRole("complementary", { name: "Предпросмотр" }).locator("dl").first()).toContainText("Решение");
  await expectAccessibleInBothThemes(page, "the policy with its preview");

  await page.getByRole("button", { name: "Опубликовать" }).click();
  const dialog = page.getByRole("dialog", { name: "Опубликовать изменения?" });
  await expect(dialog.getByRole("heading", { name: "Всё вместе" })).toBeVisible();
  await expect(dialog.getByText(/только это$/)).toHaveCount(2);
  await expect(dialog.getByRole("status").first()).toContainText(/сдвин/);
  await page.keyboard.press("Escape");

  // Another saves the same draft; what is typed here stays and is said not to be saved.
  await change(maker, "PATCH", `/v1/tenants/${slug}/sla-policies/gold_own/draft`, {
    spec: { name: named("Gold_own"), targets: { 2: { calendar: "always_own", first_response: 30, resolution: 480 } } },
  });
  await reaction.fill("5 ч");
  await reaction.press("Tab");
  const refusal = page.getByRole("alert").filter({ has: page.getByRole("button", { name: "Сохранить моё" }) });
  await expect(refusal).toBeVisible();
  await expect(reaction).toHaveValue(/^5.ч$/);
  const kept = async () =>
    (
      await ask<{ draft: { spec: { targets: Record<string, { first_response: number }> } } }>(
        maker,
        `/v1/tenants/${slug}/sla-policies/gold_own`,
      )
    ).draft.spec.targets["2"]?.first_response;
  expect(await kept()).toBe(30);
  await expect(refusal).toContainText("Вера");
  await refusal.getByRole("button", { name: "Сохранить моё" }).click();
  await expect(refusal).toHaveCount(0);
  await expect.poll(kept).toBe(300);
});

test("a company gets its own calendar and level by keys; its tickets count by it", async ({ page }) => {
  const slug = await makeTenant();
  await usualClock(maker, slug, "_own");
  await open(page, "ru", settings(slug, "companies"));
  await expect(page.getByText("Компаний пока нет")).toBeVisible();
  await page.getByRole("button", { name: "Новая компания" }).press("Enter");
  const fresh = page.getByRole("dialog", { name: "Новая компания" });
  await fresh.getByRole("textbox", { name: "Компания" }).fill("Фирма");
  await fresh.getByRole("textbox", { name: "Домены почты" }).fill("firm.example");
  await fresh.getByRole("button", { name: "Сохранить" }).press("Enter");
  await expect(page.getByRole("row", { name: /Фирма\s*firm\.example/ })).toBeVisible();
  await expectAccessibleInBothThemes(page, "companies");
  const search = page.getByRole("searchbox", { name: "Название или домен" });
  await search.fill("нет такой");
  await expect(page.getByText("Ничего не нашлось")).toBeVisible();
  await search.fill("");
  await page.getByRole("button", { name: "Изменить: Фирма" }).press("Enter");
  const form = page.getByRole("dialog", { name: "Фирма" });
  await form.getByRole("combobox", { name: "Свой календарь" }).press("Enter");
  await page.getByRole("option", { name: "5×8 МСК_own" }).click();
  await form.getByText("VIP").first().click();
  await expectAccessibleInBothThemes(page, "a company", "[role=dialog]");
  await form.getByRole("button", { name: "Сохранить" }).press("Enter");
  await expect(form).toHaveCount(0);
  await expect(page.getByRole("row", { name: /Фирма.*VIP.*5×8 МСК_own/ })).toBeVisible();
});
