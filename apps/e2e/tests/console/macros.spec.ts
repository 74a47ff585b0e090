import { expect, type Page } from "@playwright/test";
import { expectAccessibleInBothThemes } from "../../axe.ts";
import { maker } from "../../clock.ts";
import { ask, make, openTicket, origin } from "../../people.ts";
import { publishRules, routedTenant } from "../../route.ts";
import { test } from "../../test.ts";

const settings = (slug: string, section: string) => `${origin}/t/${slug}/settings/${section}`;
const saved = (page: Page) => expect(page.getByText(/^(сохранено|saved) \d/)).toBeVisible();

interface Setting {
  draft: { version: number };
}

async function publish(slug: string, noun: string, key: string, spec: object): Promise<void> {
  const { draft } = await make<Setting>(maker, `/v1/tenants/${slug}/${noun}`, { key, spec });
  await make(maker, `/v1/tenants/${slug}/${noun}/${key}/publications`, { draft: draft.version });
}

async function pick(page: Page, opener: ReturnType<Page["getByRole"]>, option: string | RegExp): Promise<void> {
  await opener.press("Enter");
  await page.getByRole("option", { name: option, exact: true }).click();
}

const visit = {
  name: { ru: "Нужен выезд", en: "A visit is needed" },
  hint: { ru: "на расстоянии не решить", en: "cannot be solved from afar" },
  actions: [
    { kind: "tag", add: ["visit"] },
    { kind: "set", field: "priority", value: 2 },
    { kind: "create_task", text: { ru: "Согласовать время", en: "Agree on a time" }, until_hours: 4 },
    { kind: "reply", text: { ru: "{client}, едем.", en: "{client}, we are on our way." } },
  ],
};

test("a macro is made in the settings and applied by keys: changes at once, the reply waits in the draft", async ({ page }) => {
  const { slug, me } = await routedTenant("ru");
  const ticket = await openTicket(maker, slug, { priority: 3 });
  await me.open(page, settings(slug, "macros"));
  await expect(page.getByText("Макросов пока нет")).toBeVisible();
  await expectAccessibleInBothThemes(page, "no macros");
  await page.getByRole("button", { name: "Макрос", exact: true }).press("Enter");
  await page.getByLabel("Название по-русски").fill("Нужен выезд");
  await page.getByLabel("Название по-английски").fill("A visit is needed");
  await page.getByLabel("Подсказка по-русски").fill("на расстоянии не решить");
  const action = page.getByRole("button", { name: "Действие", exact: true });
  await action.press("Enter");
  await page.getByRole("menuitem", { name: "создать задачу" }).press("Enter");
  await expect(page.getByRole("menuitem", { name: "вызвать адрес" })).toHaveCount(0);
  await page.getByLabel("Задача по-русски").fill("Согласовать время");
  await page.getByLabel("Задача по-английски").fill("Agree on a time");
  await page.getByLabel("Срок в часах").fill("4");
  await action.press("Enter");
  await page.getByRole("menuitem", { name: "ответ клиенту" }).press("Enter");
  await page.getByLabel("Текст по-русски").fill("{client}, едем.");
  await page.getByLabel("Текст по-английски").fill("{client}, we are on our way.");
  await saved(page);
  await expectAccessibleInBothThemes(page, "the editor of a macro");
  await page.getByRole("button", { name: "Опубликовать" }).press("Enter");
  await page.getByRole("dialog", { name: "Опубликовать макрос?" }).getByRole("button", { name: "Опубликовать" }).press("Enter");
  await expect(page.getByText(/^версия 1$/)).toBeVisible();
  await page.getByRole("button", { name: "Макросы", exact: true }).press("Enter");
  await expect(page.getByRole("listitem").filter({ hasText: "Нужен выезд" })).toContainText(
    "создать задачу: «Согласовать время», срок 4 ч",
  );

  await page.goto(`${origin}/t/${slug}/tickets/${ticket.ref}`);
  await page.getByRole("textbox", { name: /^Ответ от/ }).fill("Здравствуйте!");
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press(";");
  const chooser = page.getByRole("dialog", { name: "Применить макрос" });
  await expect(chooser.getByRole("option")).toContainText("Приоритет: P2; задача: «Согласовать время», срок 4 ч; ответ клиенту");
  await expectAccessibleInBothThemes(page, "the chooser of macros");
  await page.keyboard.type("выезд");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/^Макрос «Нужен выезд» применён: Приоритет: P2; задача/)).toBeVisible();
  await expect(chooser).toHaveCount(0);
  const reply = page.getByRole("textbox", { name: /^Ответ от/ });
  await expect(reply).toHaveValue("Здравствуйте!\n\nПётр Ильин, едем.");
  await expect(reply).toBeFocused();
  await expect(page.getByText("Нина Лаврова: макрос «Нужен выезд»")).toBeVisible();
  const made = await ask<{ priority: number }>(maker, `/v1/tenants/${slug}/tickets/${ticket.number}`);
  expect(made.priority).toBe(2);
  const { items } = await ask<{ items: { title: string }[] }>(maker, `/v1/tenants/${slug}/tickets/${ticket.number}/tasks`);
  expect(items.map((one) => one.title)).toEqual(["Согласовать время"]);
});

test("in English: a trigger applies a macro and leaves a task; the log says each deed, the macro stays while it is named", async ({
  page,
}) => {
  const { slug, me } = await routedTenant("en");
  await publish(slug, "macros", "visit", visit);
  await me.open(page, settings(slug, "triggers"));
  await page.getByRole("button", { name: "Trigger", exact: true }).press("Enter");
  await page.getByLabel("Name in English").fill("Visits begin at once");
  await pick(page, page.getByRole("combobox", { name: /^Action 1/ }), "apply a macro");
  await pick(page, page.getByRole("combobox", { name: "Macro", exact: true }), "A visit is needed");
  await page.getByRole("button", { name: "Action", exact: true }).press("Enter");
  await page.getByRole("menuitem", { name: "create a task" }).press("Enter");
  await page.getByLabel("Task in English").fill("Call {client}");
  await saved(page);
  await page.getByRole("button", { name: "Publish" }).press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Publish" }).press("Enter");
  await expect(page.getByText(/^version 1$/)).toBeVisible();
  const ticket = await openTicket(maker, slug, { priority: 3 });
  const runs = page.getByRole("complementary", { name: "Runs" });
  const run = runs.getByRole("listitem").filter({ hasText: ticket.ref });
  await expect(run).toContainText("fired", { timeout: 30_000 });
  await run.getByText("In full").click();
  await expect(run).toContainText("macro “A visit is needed”: done");
  await expect(run).toContainText("macro “A visit is needed”, create a task: done");
  await expect(run).toContainText("macro “A visit is needed”, reply to the client: done");
  await expect(run.getByText("create a task: done").last()).toBeVisible();
  await expectAccessibleInBothThemes(page, "a run that applied a macro");
  const { items } = await ask<{ items: { title: string }[] }>(maker, `/v1/tenants/${slug}/tickets/${ticket.number}/tasks`);
  expect(items.map((one) => one.title)).toEqual(["Согласовать время", "Call Пётр Ильин"]);

  await page.goto(settings(slug, "macros"));
  await page.getByRole("button", { name: "A visit is needed", exact: true }).press("Enter");
  await expect(page.getByText("Applied by triggers: «Visits begin at once».")).toBeVisible();
  await page.getByRole("button", { name: "Delete" }).press("Enter");
  await page.getByRole("alertdialog").or(page.getByRole("dialog")).getByRole("button", { name: "Delete" }).press("Enter");
  await expect(page.getByText("In use by “Visits begin at once”.")).toBeVisible();
});

test("a macro that cannot be done changes nothing and says at which action it stopped; Ctrl+K knows macros too", async ({ page }) => {
  const { slug, me } = await routedTenant("en");
  await publish(slug, "macros", "pause", {
    name: { ru: "Отложить", en: "Put it off" },
    actions: [
      { kind: "tag", add: ["later"] },
      { kind: "status", to: "pending" },
    ],
  });
  await publish(slug, "macros", "low", { ...visit, when: { field: "priority", op: "is", value: 4 } });
  const ticket = await openTicket(maker, slug, { priority: 3 });
  await me.open(page, `${origin}/t/${slug}/tickets/${ticket.ref}`);
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("Put it off");
  await page.getByRole("option", { name: "Macro: Put it off" }).click();
  const chooser = page.getByRole("dialog", { name: "Apply a macro" });
  await expect(chooser.getByRole("option")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(chooser.getByRole("alert")).toContainText(/^The macro was not applied\. Action 2, status: .+: Postpone until when\?$/);
  await expectAccessibleInBothThemes(page, "a macro that was refused");
  const { tags } = await ask<{ tags: string[] }>(maker, `/v1/tenants/${slug}/tickets/${ticket.number}`);
  expect(tags).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(chooser.getByRole("option")).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

test("a process is drawn up in stages, moved by keys, and a rule starts it", async ({ page }) => {
  const { slug, me } = await routedTenant("ru");
  await me.open(page, settings(slug, "processes"));
  await expect(page.getByText("Процессов пока нет")).toBeVisible();
  await expectAccessibleInBothThemes(page, "no processes");
  await page.getByRole("button", { name: "Процесс", exact: true }).press("Enter");
  await page.getByLabel("Название по-русски").fill("Ремонт");
  await page.getByLabel("Название по-английски").fill("Repair");
  const stages = page.getByRole("list", { name: "Этапы по порядку" });
  await page.getByLabel("Этап по-русски").fill("Работы");
  await page.getByLabel("Этап по-английски").fill("Work");
  await pick(page, page.getByRole("combobox", { name: /^Группа/ }), "Сервис");
  await page.getByRole("spinbutton", { name: "Срок" }).fill("8");
  await page.getByRole("button", { name: "Задача", exact: true }).press("Enter");
  await page.getByLabel("Задача 1 по-русски").fill("Приложить акт");
  await page.getByLabel("Задача 1 по-английски").fill("Attach the report");
  await page.getByRole("checkbox", { name: "обязательная" }).press("Space");
  await page.getByRole("button", { name: "Этап", exact: true }).press("Enter");
  await page.getByLabel("Этап по-русски").fill("Диагностика");
  await page.getByLabel("Этап по-английски").fill("Look");
  await saved(page);
  await expectAccessibleInBothThemes(page, "the editor of a process");
  await stages.getByRole("button", { name: "Диагностика", exact: true }).press("Alt+ArrowUp");
  await expect(stages.locator("li[data-stage]").first()).toContainText("Диагностика");
  await expect(stages.getByRole("button", { name: "Диагностика", exact: true })).toBeFocused();
  await expect(stages.locator("li[data-stage]").last()).toContainText("Сервис · 8 раб. ч · 1 задача");
  await saved(page);
  await page.getByRole("button", { name: "Опубликовать" }).press("Enter");
  await page.getByRole("dialog", { name: "Опубликовать процесс?" }).getByRole("button", { name: "Опубликовать" }).press("Enter");
  await expect(page.getByText(/^версия 1$/)).toBeVisible();
  await page.getByRole("button", { name: "Процессы", exact: true }).press("Enter");
  await expect(page.getByRole("listitem").filter({ hasText: "Ремонт" })).toContainText("Диагностика → Работы");

  await page.goto(settings(slug, "routing"));
  await page.getByRole("button", { name: "Правило", exact: true }).first().press("Enter");
  await pick(page, page.getByRole("combobox", { name: /^группа/ }).first(), "Сервис");
  await page.getByRole("button", { name: "Действие", exact: true }).press("Enter");
  await page.getByRole("menuitem", { name: "процесс" }).press("Enter");
  await pick(page, page.getByRole("combobox", { name: /^процесс/ }), "Ремонт");
  await saved(page);
  await expectAccessibleInBothThemes(page, "a rule that starts a process");
  const { items } = await ask<{ items: { key: string }[] }>(maker, `/v1/tenants/${slug}/processes`);
  const then = { group: "service", process: items[0]?.key };
  await publishRules(slug, [{ key: "all", name: { ru: "Ремонты", en: "Repairs" }, then, stop: true }], "common");
  const ticket = await openTicket(maker, slug);
  await page.goto(`${origin}/t/${slug}/tickets/${ticket.ref}`);
  await expect(page.getByText("начат процесс «Ремонт»")).toBeVisible();
  await page.keyboard.press("w");
  await expect(page.getByRole("region", { name: "Куда" })).toContainText("процесс «Ремонт»");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(settings(slug, "processes"));
  await page.getByRole("button", { name: "Ремонт", exact: true }).press("Enter");
  await stages.getByRole("button", { name: "Работы", exact: true }).press("Enter");
  await expect(page.getByLabel("Этап по-русски")).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
