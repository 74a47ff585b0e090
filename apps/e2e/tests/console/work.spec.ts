import { expect, type Page } from "@playwright/test";
import { expectAccessible, expectAccessibleInBothThemes } from "../../axe.ts";
import { change, maker } from "../../clock.ts";
import { ask, make, openTicket, origin } from "../../people.ts";
import { newcomer, routedTenant } from "../../route.ts";
import { test } from "../../test.ts";

const both = (ru: string, en: string) => ({ ru, en });

/** A process of four stages: the second for urgent tickets alone, the third beside it. */
async function makeProcess(slug: string): Promise<void> {
  const spec = {
    name: both("Возврат", "Return"),
    stages: [
      {
        key: "look",
        name: both("Осмотр", "Inspection"),
        group: "service",
        hours: 8,
        tasks: [
          { title: both("Сфотографировать", "Take a photo"), required: true },
          { title: both("Спросить чек", "Ask for the receipt") },
        ],
      },
      { key: "urgent", name: both("Срочная замена", "Quick exchange"), when: { field: "priority", op: "at_most", value: 1 } },
      { key: "depot", name: both("Склад", "Depot"), group: "common", beside: true },
      { key: "pay", name: both("Деньги", "Money") },
    ],
  };
  const { draft } = await make<{ draft: { version: number } }>(maker, `/v1/tenants/${slug}/processes`, { key: "return", spec });
  await make(maker, `/v1/tenants/${slug}/processes/return/publications`, { draft: draft.version });
}

const panelOf = (page: Page, name: string) => page.getByRole("region", { name });

test("tasks are typed, done, given, removed and brought back by keys alone", async ({ page }) => {
  const { slug, me } = await routedTenant("ru");
  const ticket = await openTicket(maker, slug);
  await me.open(page, `${origin}/t/${slug}/tickets/${ticket.ref}`);
  const panel = panelOf(page, "Задачи");
  await expect(panel.getByText("Задач нет.", { exact: false })).toBeVisible();
  await expectAccessibleInBothThemes(page, "a ticket without tasks");

  await page.keyboard.press("t");
  await expect(panel.getByRole("textbox", { name: "Новая задача" })).toBeFocused();
  await page.keyboard.type("Позвонить в банк");
  await page.keyboard.press("Enter");
  await expect(panel.getByRole("checkbox", { name: "Позвонить в банк" })).toBeVisible();
  await expect(panel.getByRole("textbox", { name: "Новая задача" })).toHaveValue("");
  await page.keyboard.type("Проверить кабель");
  await page.keyboard.press("Enter");
  await expect(panel.getByText("осталась 2")).toBeHidden();
  await expect(panel.getByText("осталось 2")).toBeVisible();
  await expectAccessibleInBothThemes(page, "a ticket with tasks");

  await panel.getByRole("checkbox", { name: "Позвонить в банк" }).press("Space");
  await expect(panel.getByRole("checkbox", { name: "Позвонить в банк" })).toBeChecked();
  await expect(panel.getByText("осталась 1")).toBeVisible();
  await expect(page.getByText(`${me.name}: задача «Позвонить в банк» выполнена`)).toBeVisible();

  await panel.getByRole("button", { name: "Действия с задачей «Проверить кабель»" }).press("Enter");
  await page.getByRole("menuitem", { name: "Назначить мне" }).press("Enter");
  await expect(panel.getByRole("listitem").filter({ hasText: "Проверить кабель" })).toContainText(me.name);
  await panel.getByRole("button", { name: "Действия с задачей «Проверить кабель»" }).press("Enter");
  await page.getByRole("menuitem", { name: "Изменить…" }).press("Enter");
  const form = page.getByRole("dialog", { name: "Задача" });
  await form.getByLabel("Что сделать").fill("Проверить кабель и розетку");
  await form.getByRole("button", { name: /^Завтра/ }).press("Enter");
  await expectAccessible(page, undefined, "changing a task");
  await form.getByRole("button", { name: "Сохранить" }).press("Enter");
  const changed = panel.getByRole("listitem").filter({ hasText: "Проверить кабель и розетку" });
  await expect(changed).toContainText(/до /);

  await panel.getByRole("button", { name: "Действия с задачей «Проверить кабель и розетку»" }).press("Enter");
  await page.getByRole("menuitem", { name: "Удалить" }).press("Enter");
  await expect(changed).toBeHidden();
  await page.keyboard.press("Control+z");
  await expect(changed).toBeVisible();
  await expect(changed).toContainText(me.name);
  const { items } = await ask<{ items: { title: string; state: string }[] }>(maker, `/v1/tenants/${slug}/tickets/${ticket.number}/tasks`);
  expect(items.map(({ title, state }) => `${title}: ${state}`)).toEqual(["Позвонить в банк: done", "Проверить кабель и розетку: open"]);
});

test("a process goes through its stages, and says which one is under way", async ({ page }) => {
  const { slug, me } = await routedTenant("en");
  await makeProcess(slug);
  const ticket = await openTicket(maker, slug, { priority: 3 });
  await me.open(page, `${origin}/t/${slug}/tickets/${ticket.ref}`);
  const panel = panelOf(page, "Tasks");
  await panel.getByRole("button", { name: "Begin a process" }).press("Enter");
  const chooser = page.getByRole("dialog", { name: "Begin a process" });
  await expect(chooser.getByRole("option", { name: "Return" })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(panel.getByText("Stage 1 of 4: Inspection")).toBeVisible();
  const stages = panel.getByRole("list", { name: "Stages of “Return”" });
  await expect(stages.getByRole("listitem").first()).toContainText("under way");
  await expect(stages.getByRole("listitem").first()).toContainText(/by /);
  await expect(page.getByText(`${me.name}: began the process “Return”`)).toBeVisible();
  await expectAccessibleInBothThemes(page, "a process in a ticket");

  // What the stage requires comes first, in words.
  await stages.getByRole("button", { name: "Complete the stage “Inspection”" }).press("Enter");
  await expect(page.getByText("Do these first: “Take a photo”.")).toBeVisible();
  await panel.getByRole("checkbox", { name: "Take a photo" }).press("Space");
  await expect(panel.getByText("1 left")).toBeVisible();
  await stages.getByRole("button", { name: "Complete the stage “Inspection”" }).press("Enter");
  await expect(panel.getByText("Stage 3 of 4: Depot")).toBeVisible();
  await expect(stages.getByRole("listitem").nth(0)).toContainText("done");
  await expect(stages.getByRole("listitem").nth(1)).toContainText("skipped");
  await expect(stages.getByRole("listitem").nth(2)).toHaveAttribute("aria-current", "step");
  await expect(page.getByText("Manydesk: group “Common” — ", { exact: false })).toBeVisible();

  // Another person is done with it elsewhere: the page follows.
  await change(maker, "PUT", `/v1/tenants/${slug}/tickets/${ticket.number}/stages/depot/completion`, {});
  await expect(panel.getByText("Stage 4 of 4: Money")).toBeVisible();
  await stages.getByRole("button", { name: "Complete the stage “Money”" }).press("Enter");
  await expect(panel.getByText("The process is done")).toBeVisible();
  await page.setViewportSize({ width: 390, height: 800 });
  await page.getByRole("button", { name: "Details" }).press("Enter");
  await expect(panel.getByText("The process is done")).toBeVisible();
  await expectAccessible(page, undefined, "a process on a phone");
});

test("another process takes the place of one only when asked; who may not edit sees and no more", async ({ page, browser }) => {
  const { slug, me } = await routedTenant("ru");
  await makeProcess(slug);
  const ticket = await openTicket(maker, slug);
  await change(maker, "PUT", `/v1/tenants/${slug}/tickets/${ticket.number}/process`, { key: "return" });
  await me.open(page, `${origin}/t/${slug}/tickets/${ticket.ref}`);
  const panel = panelOf(page, "Задачи");
  await expect(panel.getByText("Этап 1 из 4: Осмотр")).toBeVisible();
  await panel.getByRole("button", { name: "Другой процесс" }).press("Enter");
  await expect(page.getByRole("option", { name: "Возврат" })).toBeVisible();
  await page.keyboard.press("Enter");
  const asked = page.getByRole("dialog", { name: "Начать «Возврат» вместо «Возврат»?" });
  await asked.getByRole("button", { name: "Начать вместо него" }).press("Enter");
  await expect(page.getByText("Процесс «Возврат» начат.")).toBeVisible();
  await expect(panel.getByRole("checkbox", { name: "Сфотографировать" })).toHaveCount(1);

  const watcher = await newcomer(slug, "ru", { name: "Олег Зорин", role: "observer" });
  const other = await browser.newPage();
  await watcher.open(other, `${origin}/t/${slug}/tickets/${ticket.ref}`);
  const seen = panelOf(other, "Задачи");
  await expect(seen.getByText("Этап 1 из 4: Осмотр")).toBeVisible();
  await expect(seen.getByRole("checkbox", { name: "Сфотографировать" })).toBeDisabled();
  await expect(seen.getByRole("button")).toHaveCount(0);
  await expect(seen.getByRole("textbox")).toHaveCount(0);
  await other.close();
});

test("a new task is a command of the palette and a line of the sheet of keys", async ({ page }) => {
  const { slug, me } = await routedTenant("en");
  const ticket = await openTicket(maker, slug);
  await me.open(page, `${origin}/t/${slug}/tickets/${ticket.ref}`);
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").getByRole("combobox").fill("New task");
  await page.keyboard.press("Enter");
  await expect(panelOf(page, "Tasks").getByRole("textbox", { name: "New task" })).toBeFocused();
  await page.keyboard.press("Escape");
  await page.locator("body").click({ position: { x: 5, y: 5 } });
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog").getByText("New task")).toBeVisible();
});
