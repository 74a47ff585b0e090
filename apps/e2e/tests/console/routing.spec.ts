import { expect, type Page } from "@playwright/test";
import { expectAccessible, expectAccessibleInBothThemes } from "../../axe.ts";
import { change, maker } from "../../clock.ts";
import { ask, make, openTicket, origin } from "../../people.ts";
import { openSome, publishRules, routedTenant } from "../../route.ts";
import { test } from "../../test.ts";

const settings = (slug: string) => `${origin}/t/${slug}/settings/routing`;
const saved = (page: Page) => expect(page.getByText(/^(сохранено|saved) \d/)).toBeVisible();
const sensor = { field: "subject", op: "contains", value: "датчик" };

/** Chooses in a list that a key has opened. */
async function pick(page: Page, opener: ReturnType<Page["getByRole"]>, option: string | RegExp): Promise<void> {
  await opener.press("Enter");
  await page.getByRole("option", { name: option, exact: true }).click();
}

test("a rule is built by keys, run on what came before, published; a new ticket goes by it and tells why", async ({ page }) => {
  const { slug, me } = await routedTenant("ru");
  await openSome(slug, ["Молчит датчик в цехе", "Датчик показывает ноль", "Не печатает касса"]);
  await me.open(page, settings(slug));
  const group = page.getByRole("region", { name: "Всегда последнее:" }).getByRole("combobox", { name: /^группа/ });
  await pick(page, group, "Общая");
  await saved(page);

  await page.getByRole("button", { name: "Правило", exact: true }).first().press("Enter");
  const list = page.getByRole("list", { name: "Правила по порядку" });
  await list.getByRole("button", { name: "Название" }).press("Enter");
  await page.getByLabel("Название по-русски").fill("Датчики");
  await page.keyboard.press("Enter");
  await expect(list.getByRole("button", { name: "Правило 1: Датчики" })).toHaveAttribute("aria-expanded", "true");
  await page.getByRole("button", { name: "Условие", exact: true }).press("Enter");
  const condition = page.getByRole("group", { name: "Условия правила «Датчики»" });
  await pick(page, condition.getByRole("combobox").first(), "Тема");
  await pick(page, condition.getByRole("combobox").nth(1), "содержит");
  await condition.getByRole("textbox").fill("датчик");
  const then = page.getByRole("region", { name: "Что делать по правилу «Датчики»" });
  await pick(page, then.getByRole("combobox", { name: /^группа/ }), "Сервис");
  await pick(page, then.getByRole("combobox", { name: /^ответственный/ }), "меньше нагрузка");
  await saved(page);
  await expect(then.getByRole("combobox", { name: "ответственный: меньше нагрузка" })).toBeVisible();
  const trial = page.getByRole("region", { name: "Прогон" });
  await expect(trial.getByRole("status")).toContainText(/2\s*изменятся/);
  await expect(trial.getByText("Сервис").or(trial.getByText(me.name)).first()).toBeVisible();
  await expectAccessibleInBothThemes(page, "the editor of rules with a rule open");

  // A copy below takes nothing: it is said, and by which rule. Up it goes, and out, and back.
  const first = list.getByRole("button", { name: "Правило 1: Датчики" });
  await first.focus();
  await page.keyboard.press("d");
  const copy = list.getByRole("button", { name: /^Правило 2: Датчики \(копия\)/ });
  await copy.press("Enter");
  await expect(page.getByText("недостижимо: накрыто правилом 1")).toBeVisible();
  await copy.focus();
  await page.keyboard.press("Alt+ArrowUp");
  await expect(list.getByRole("button", { name: /^Правило 1: Датчики \(копия\)/ })).toBeFocused();
  await expect(page.getByText("недостижимо: накрыто правилом 1")).toBeVisible();
  await page.keyboard.press("Backspace");
  await expect(page.getByText("Правило «Датчики (копия)» убрано в архив.")).toBeVisible();
  await expect(list.getByRole("listitem").filter({ has: page.locator("[data-head]") })).toHaveCount(1);
  await page.keyboard.press("Control+z");
  await expect(list.getByRole("button", { name: /^Правило 1: Датчики \(копия\)/ })).toBeVisible();
  await list.getByRole("button", { name: /^Правило 1: Датчики \(копия\)/ }).focus();
  await page.keyboard.press("Backspace");
  await saved(page);

  await page.getByRole("button", { name: "Опубликовать" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: "Опубликовать маршруты?" });
  await expect(dialog.getByRole("status")).toContainText(/по-другому пошли бы 2/);
  await expectAccessible(page, "[role=dialog]", "publishing the rules");
  await dialog.getByLabel("Что изменилось (необязательно)").fill("Датчики — сервису");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Маршруты опубликованы.")).toBeVisible();
  await expect(page.getByText(/^версия 1$/)).toBeVisible();

  // What was promised by the run is what happens.
  const ticket = await openTicket(maker, slug, { subject: "Датчик снова молчит" });
  await page.goto(`${origin}/t/${slug}/tickets/${ticket.ref}`);
  await expect(page.getByRole("button", { name: `Ответственный: ${me.name}` })).toBeVisible();
  await page.keyboard.press("w");
  const why = page.getByRole("dialog", { name: "Почему так" }).getByRole("region", { name: "Почему здесь" });
  await expect(page.getByText(`Правило «Датчики»: группа «Сервис», ответственный ${me.name}`)).toBeVisible();
  await expect(why).toContainText("Маршруты, версия 1");
  await expect(why).toContainText("Датчики");
  await expect(why.getByRole("region", { name: "Куда" })).toContainText(`Сервис, ${me.name}`);
  await expect(why.getByRole("row", { name: new RegExp(me.name) })).toContainText("из 20");
  await expectAccessibleInBothThemes(page, "why a ticket is here", "[role=dialog]");
  await page.keyboard.press("Escape");

  // A change by hand tells who and why.
  await page.keyboard.press("a");
  const chooser = page.getByRole("dialog", { name: "Назначить" });
  await chooser.getByLabel("Причина (необязательно)").fill("Уехал на объект");
  await chooser.getByRole("combobox").fill("Без ответ");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Ответственный: Не назначена" })).toBeVisible();
  await page.keyboard.press("w");
  await expect(why).toContainText("Изменили вручную");
  await expect(why).toContainText("Уехал на объект");
  await expect(why).toContainText(`${me.name}: ответственный ${me.name} → никто`);
});

test("in English: someone publishes first and what was typed stays; versions compare and roll back", async ({ page }) => {
  const { slug, me } = await routedTenant("en");
  const rule = (then: object) => ({ key: "sensors", name: { ru: "Датчики", en: "Sensors" }, when: sensor, then, stop: true });
  await publishRules(slug, [rule({ group: "service" })], "common");
  await change(maker, "PATCH", `/v1/tenants/${slug}/routing/draft`, {
    spec: { rules: [rule({ group: "service", priority: 1 })], default: { group: "common" } },
  });
  await me.open(page, settings(slug));
  await page.getByRole("button", { name: "Compare with 1" }).click();
  await expect(page.getByRole("row", { name: "“Sensors”, then Service Service, P1" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Publish" }).click();
  const dialog = page.getByRole("dialog", { name: "Publish the routing?" });
  await dialog.getByLabel("What changed (optional)").fill("Sensors are urgent");

  const { draft } = await ask<{ draft: { version: number } }>(maker, `/v1/tenants/${slug}/routing`);
  await make(maker, `/v1/tenants/${slug}/routing/publications`, { draft: draft.version });
  await change(maker, "PATCH", `/v1/tenants/${slug}/routing/draft`, {
    spec: { rules: [rule({ group: "service", priority: 2 })], default: { group: "common" } },
  });
  await dialog.getByRole("button", { name: "Publish" }).click();
  await expect(dialog).toContainText("Someone else changed this while you were looking.");
  await expect(dialog.getByLabel("What changed (optional)")).toHaveValue("Sensors are urgent");
  await dialog.getByRole("button", { name: "Look at the changes" }).click();
  await expect(dialog).not.toContainText("Someone else changed this");
  await dialog.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByText(/^version 3$/)).toBeVisible();

  await page.getByRole("button", { name: "Roll back" }).click();
  await page.getByRole("menuitem", { name: /^version 1/ }).click();
  await expect(page.getByText("Version 1 holds.")).toBeVisible();
  await expect(page.getByText(/^version 4$/)).toBeVisible();
  await page.getByRole("button", { name: "Rule 1: Sensors" }).click();
  await expect(page.getByRole("combobox", { name: /^priority/ })).toHaveCount(0);
});

test("two draft at once: who saved meanwhile is named, what was typed stays, and either is kept", async ({ page }) => {
  const { slug, me } = await routedTenant("en");
  const rule = (then: object) => ({ key: "sensors", name: { ru: "Датчики", en: "Sensors" }, when: sensor, then, stop: true });
  const saves = (priority: number) =>
    change(maker, "PATCH", `/v1/tenants/${slug}/routing/draft`, {
      spec: { rules: [rule({ group: "service", priority })], default: { group: "common" } },
    });
  const kept = async () =>
    (await ask<{ draft: { spec: { rules: { then: { priority?: number } }[] } } }>(maker, `/v1/tenants/${slug}/routing`)).draft.spec.rules[0]
      ?.then.priority;
  await publishRules(slug, [rule({ group: "service" })], "common");
  await me.open(page, settings(slug));
  await page.getByRole("button", { name: "Rule 1: Sensors" }).press("Enter");
  await saves(1);
  const then = page.getByRole("region", { name: "What the rule “Sensors” does" });
  const set = async (priority: number) => {
    const token = then.getByRole("combobox", { name: /^priority/ });
    if ((await token.count()) === 0) {
      await then.getByRole("button", { name: "Action" }).press("Enter");
      await page.getByRole("menuitem", { name: "priority" }).press("Enter");
    }
    await pick(page, token, new RegExp(`^P${priority}`));
  };
  await set(3);
  const met = page.getByRole("alert").filter({ has: page.getByRole("button", { name: "Save mine" }) });
  await expect(met).toContainText(/^Вера .* changed this while you were writing/);
  await expect(then.getByRole("combobox", { name: /^priority.*P3/ })).toBeVisible();
  expect(await kept()).toBe(1);
  await expectAccessibleInBothThemes(page, "two drafts met");
  await met.getByRole("button", { name: "What differs" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: "Their draft and yours" });
  await expect(dialog.getByRole("row").nth(1)).toContainText(/P1.*P3/);
  await page.keyboard.press("Escape");
  await met.getByRole("button", { name: "Save mine" }).press("Enter");
  await expect(met).toHaveCount(0);
  await expect.poll(kept).toBe(3);

  await saves(2);
  await set(4);
  await met.getByRole("button", { name: "Take theirs" }).press("Enter");
  await expect(met).toHaveCount(0);
  await expect(then.getByRole("combobox", { name: /^priority.*P2/ })).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect.poll(kept).toBe(4);
  await expect(then.getByRole("combobox", { name: /^priority.*P4/ })).toBeVisible();
});

test("by keys: an action is added to a rule, what is changed is marked, the draft is dropped", async ({ page }) => {
  const { slug, me } = await routedTenant("ru");
  await publishRules(
    slug,
    [{ key: "old", name: { ru: "Старое", en: "Old" }, when: sensor, then: { group: "service" }, stop: true }],
    "common",
  );
  await me.open(page, settings(slug));
  await page.getByRole("button", { name: "Правило 1: Старое" }).press("Enter");
  const then = page.getByRole("region", { name: "Что делать по правилу «Старое»" });
  await then.getByRole("button", { name: "Действие" }).press("Enter");
  await page.getByRole("menuitem", { name: "приоритет" }).press("Enter");
  await pick(page, then.getByRole("combobox", { name: /^приоритет/ }), /^P1/);
  await saved(page);
  await page.getByRole("checkbox", { name: "Остановиться на этом правиле" }).press("Space");
  await expect(page.getByText("изменено")).toBeVisible();
  await saved(page);
  await page.getByRole("button", { name: "Откатить" }).press("Enter");
  await page.getByRole("menuitem", { name: "Отбросить черновик, оставить версию 1" }).press("Enter");
  await expect(page.getByText("изменено")).toHaveCount(0);
});

test("the dispatcher gives out what nobody has: by digits, by suggestion, and takes it back", async ({ page }) => {
  const { slug, me } = await routedTenant("ru");
  await publishRules(slug, [], "service");
  const tickets = await openSome(slug, ["Первая", "Вторая", "Третья", "Четвёртая"]);
  await me.open(page, `${origin}/t/${slug}/distribution`);
  const list = page.getByRole("list", { name: "Заявки без ответственного" });
  await expect(list.getByRole("listitem")).toHaveCount(4);
  await expect(page.getByText("4 заявки ни у кого")).toBeVisible();
  const person = page.getByRole("button", { name: new RegExp(`^${me.name}.*дать`) });
  await expect(person).toBeVisible();
  await expectAccessibleInBothThemes(page, "the dispatcher’s table");

  await page.keyboard.press("j");
  await page.keyboard.press("Shift+j");
  await expect(page.getByText("выбрано 2")).toBeVisible();
  await page.keyboard.press((await person.getAttribute("aria-keyshortcuts")) ?? "");
  await expect(page.getByText(`2 заявки: ${me.name}`)).toBeVisible();
  await expect(list.getByRole("listitem")).toHaveCount(2);
  const assignees = async () =>
    Promise.all(
      tickets.map(async (one) => (await ask<{ assignee: object | null }>(maker, `/v1/tenants/${slug}/tickets/${one.number}`)).assignee),
    );
  expect((await assignees()).filter(Boolean)).toHaveLength(2);

  await page.keyboard.press("Control+z");
  await expect(page.getByText("Заявки снова ни у кого.")).toBeVisible();
  await expect(list.getByRole("listitem")).toHaveCount(4);

  await page.keyboard.press("s");
  const offer = page.getByText(/^Предложено: 4 заявки/);
  await expect(offer).toBeVisible();
  await expect(list.getByText(me.name).first()).toBeVisible();
  await expectAccessible(page, undefined, "the suggestion by load");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Розданы 4 заявки.")).toBeVisible();
  await expect(page.getByText("Всё распределено")).toBeVisible();
  expect((await assignees()).filter(Boolean)).toHaveLength(4);

  // What comes meanwhile shows itself; one is given by dragging it onto a person.
  const late = await openTicket(maker, slug, { subject: "Пришла потом" });
  await expect(list.getByText("Пришла потом")).toBeVisible();
  await list.getByRole("listitem").filter({ hasText: late.ref }).dragTo(person);
  await expect(page.getByText(`1 заявка: ${me.name}`)).toBeVisible();
  await expect(page.getByText("Всё распределено")).toBeVisible();
});

for (const language of ["ru", "en"] as const) {
  test(`routing and distribution in ${language}: accessible and whole by the widths of desks and phones`, async ({ page }) => {
    const { slug, me } = await routedTenant(language);
    await publishRules(
      slug,
      [{ key: "a", name: { ru: "Датчики", en: "Sensors" }, when: sensor, then: { group: "service" }, stop: true }],
      "common",
    );
    await openSome(slug, ["Датчик", "Касса"]);
    await change(maker, "PATCH", `/v1/tenants/${slug}/routing/draft`, { spec: { rules: [], default: { group: "common" } } });
    await me.open(page, settings(slug));
    await expect(page.getByText(language === "ru" ? "Правил пока нет" : "No rules yet")).toBeVisible();
    await expectAccessibleInBothThemes(page, "no rules");
    for (const path of [settings(slug), `${origin}/t/${slug}/distribution`]) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
      for (const width of [1440, 1024, 390]) {
        await page.setViewportSize({ width, height: 844 });
        await expect
          .poll(() => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), {
            message: `${path} at ${width}`,
          })
          .toBeLessThanOrEqual(0);
        await expectAccessible(page, undefined, `${path} at ${width}`);
      }
      await page.setViewportSize({ width: 1440, height: 900 });
    }
  });
}
