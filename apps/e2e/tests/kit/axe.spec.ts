import { expect, test } from "@playwright/test";
import { expectAccessibleInBothThemes } from "../../axe.ts";

const languages = ["ru", "en"];

for (const lang of languages) {
  for (const density of ["comfort", "compact"]) {
    test(`console parts, ${lang}, ${density}`, async ({ page }) => {
      const refused = watchPolicy(page);
      await page.goto(`/?lang=${lang}&density=${density}`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await expectAccessibleInBothThemes(page, "the page");
      expect(refused).toEqual([]);
    });
  }

  test(`portal parts on a phone, ${lang}`, async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`/?app=portal&lang=${lang}`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await expectAccessibleInBothThemes(page, "the page");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });

  test(`everything that floats, ${lang}`, async ({ page }) => {
    const refused = watchPolicy(page);
    await page.goto(`/?lang=${lang}`);
    const ru = lang === "ru";
    await page.getByRole("button", { name: ru ? "Разделы" : "Sections" }).click();
    await page.getByRole("menu").waitFor();
    await expectAccessibleInBothThemes(page, "what floats", "[role=menu]");
    await page.keyboard.press("Escape");
    for (const [button, role] of [
      [ru ? "Открыть окно" : "Open a window", "dialog"],
      [ru ? "Открыть панель" : "Open a panel", "dialog"],
      [ru ? "Команды" : "Commands", "dialog"],
      [ru ? "Объяснение" : "Explanation", "dialog"],
    ] as const) {
      await page.getByRole("button", { name: button }).click();
      await page.getByRole(role).last().waitFor();
      await expectAccessibleInBothThemes(page, "what floats", "[role=dialog]");
      await page.keyboard.press("Escape");
      await expect(page.getByRole(role)).toHaveCount(0);
    }
    await page
      .getByRole("combobox", { name: ru ? "Статус" : "Status" })
      .first()
      .click();
    await page.getByRole("listbox").waitFor();
    await expectAccessibleInBothThemes(page, "what floats", "[role=listbox]");
    await page.keyboard.press("Escape");
    await page.getByRole("combobox", { name: ru ? "Ответственный" : "Assignee", exact: true }).fill(ru ? "оле" : "Оле");
    await page.getByRole("option").first().waitFor();
    await expectAccessibleInBothThemes(page, "what floats", "[role=listbox]");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: ru ? "Сообщить" : "Say", exact: true }).click();
    await page.getByRole("button", { name: ru ? "Сообщить об ошибке" : "Say an error" }).click();
    await expectAccessibleInBothThemes(page, "the page");
    expect(refused).toEqual([]);
  });
}

// In the evening a deadline lies in the next day and names it: then the words are longest.
for (const hour of ["09:00", "21:30"]) {
  test(`one column at 320 px, nothing is cut off: ${hour}`, async ({ page }) => {
    await page.clock.setFixedTime(`2026-11-22T${hour}:00+03:00`);
    await page.setViewportSize({ width: 320, height: 700 });
    await page.goto("/?lang=ru");
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });
}

/** Collects what the site's policy refused: inline styles, foreign hosts. */
function watchPolicy(page: import("@playwright/test").Page): string[] {
  const refused: string[] = [];
  page.on("console", (message) => {
    if (/Content Security Policy/i.test(message.text())) refused.push(message.text());
  });
  page.on("pageerror", (error) => refused.push(error.message));
  return refused;
}
