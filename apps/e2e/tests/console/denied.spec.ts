import { expect } from "@playwright/test";
import { expectAccessible } from "../../axe.ts";
import { maker, makeTenant } from "../../clock.ts";
import { make, origin } from "../../people.ts";
import { newcomer } from "../../route.ts";
import { test } from "../../test.ts";

const said = {
  ru: { denied: "Нет доступа", distribution: "Распределять заявки здесь вы не можете", add: /^(Правило|Триггер|Новая группа)$/ },
  en: { denied: "No access", distribution: "You may not distribute tickets here", add: /^(Rule|Trigger|New group)$/ },
};

for (const language of ["ru", "en"] as const) {
  test(`who may only read tickets is told so on the pages of the route, in ${language}`, async ({ page }) => {
    const slug = await makeTenant();
    await make(maker, `/v1/tenants/${slug}/roles`, {
      key: "reader",
      name: { ru: "Читатель", en: "Reader" },
      permissions: [{ permission: "ticket.read", types: "*" }],
    });
    const me = await newcomer(slug, language, { role: "reader" });
    await me.open(page, `${origin}/t/${slug}/settings/routing`);
    for (const section of ["routing", "triggers", "team"]) {
      await page.goto(`${origin}/t/${slug}/settings/${section}`);
      await expect(page.getByText(said[language].denied), section).toBeVisible();
      await expect(page.getByRole("button", { name: said[language].add })).toHaveCount(0);
      await expectAccessible(page, undefined, `${section}, denied`);
    }
    await page.goto(`${origin}/t/${slug}/distribution`);
    await expect(page.getByText(said[language].distribution)).toBeVisible();
    await expectAccessible(page, undefined, "distribution, denied");
  });
}

test("who reads the settings and may not change them sees the rules, the triggers and the team as text", async ({ page }) => {
  const slug = await makeTenant();
  const me = await newcomer(slug, "ru", { role: "observer" });
  for (const section of ["routing", "triggers", "team"]) {
    if (section === "routing") await me.open(page, `${origin}/t/${slug}/settings/routing`);
    else await page.goto(`${origin}/t/${slug}/settings/${section}`);
    await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
    await expect(page.getByRole("button", { name: said.ru.add })).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Опубликовать" })).toHaveCount(0);
  }
});
