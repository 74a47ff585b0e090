import { createServer } from "node:http";
import { expect, type Page } from "@playwright/test";
import { expectAccessible, expectAccessibleInBothThemes } from "../../axe.ts";
import { maker } from "../../clock.ts";
import { ask, make, openTicket, origin } from "../../people.ts";
import { routedTenant } from "../../route.ts";
import { test } from "../../test.ts";

const settings = (slug: string) => `${origin}/t/${slug}/settings/triggers`;
const saved = (page: Page) => expect(page.getByText(/^(сохранено|saved) \d/)).toBeVisible();

async function publishTrigger(slug: string, key: string, spec: object): Promise<void> {
  const { draft } = await make<{ draft: { version: number } }>(maker, `/v1/tenants/${slug}/triggers`, { key, spec });
  await make(maker, `/v1/tenants/${slug}/triggers/${key}/publications`, { draft: draft.version });
}

async function pick(page: Page, opener: ReturnType<Page["getByRole"]>, option: string | RegExp): Promise<void> {
  await opener.press("Enter");
  await page.getByRole("option", { name: option, exact: true }).click();
}

test("a trigger is made by keys, fires, and tells why it did not", async ({ page }) => {
  const { slug, me } = await routedTenant("ru");
  await me.open(page, settings(slug));
  await expect(page.getByText("Триггеров пока нет")).toBeVisible();
  await expectAccessibleInBothThemes(page, "no triggers");
  await page.getByRole("button", { name: "Триггер", exact: true }).press("Enter");
  await page.getByLabel("Название по-русски").fill("Критические — сразу");
  await page.getByLabel("Название по-английски").fill("Critical at once");
  await page.getByRole("button", { name: "Условие", exact: true }).press("Enter");
  const condition = page.getByRole("group", { name: "Условия" });
  await pick(page, condition.getByRole("combobox").first(), "Приоритет");
  await pick(page, condition.getByRole("combobox").nth(1), "не больше");
  await pick(page, condition.getByRole("combobox").last(), "P1");
  await pick(page, page.getByRole("combobox", { name: /^Действие 1/ }), "метки");
  await page.getByRole("combobox", { name: "Добавить метки" }).fill("горит");
  await page.keyboard.press("Enter");
  await saved(page);
  await page.getByRole("button", { name: "Действие", exact: true }).press("Enter");
  await page.getByRole("menuitem", { name: "внутренняя заметка" }).press("Enter");
  await expect(page.getByText("не сохранено")).toBeVisible();
  await page.getByLabel("Текст по-русски").fill("Заявка {ref} критическая: звоните дежурному.");
  await page.getByLabel("Текст по-английски").fill("Ticket {ref} is critical: call the engineer on duty.");
  await saved(page);
  await expectAccessibleInBothThemes(page, "the editor of a trigger");
  await page.getByRole("button", { name: "Опубликовать" }).press("Enter");
  await page.getByRole("dialog", { name: "Опубликовать триггер?" }).getByRole("button", { name: "Опубликовать" }).press("Enter");
  await expect(page.getByText(/^версия 1$/)).toBeVisible();

  const fired = await openTicket(maker, slug, { priority: 1 });
  const quiet = await openTicket(maker, slug, { priority: 3 });
  const runs = page.getByRole("complementary", { name: "Журнал запусков" });
  await expect(runs.getByRole("listitem").filter({ hasText: fired.ref })).toContainText("сработал", { timeout: 30_000 });
  const missed = runs.getByRole("listitem").filter({ hasText: quiet.ref });
  await expect(missed).toContainText("не сработал", { timeout: 30_000 });
  await expect(missed).toContainText("Не выполнено: ");
  await runs.getByText("Подробно").first().click();
  await expectAccessible(page, undefined, "the log of a trigger");
  const { tags } = await ask<{ tags: string[] }>(maker, `/v1/tenants/${slug}/tickets/${fired.number}`);
  expect(tags).toContain("горит");
  await page.goto(`${origin}/t/${slug}/tickets/${fired.ref}`);
  await expect(page.getByText(`Заявка ${fired.ref} критическая: звоните дежурному.`)).toBeVisible();
});

test("in English: a trigger of time, a call that fails is seen and tried again", async ({ page }) => {
  const { slug, me } = await routedTenant("en");
  // Nobody listens here any more: each try fails at once.
  const port = await new Promise<number>((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => done(typeof address === "object" && address ? address.port : 0));
    });
  });
  await me.open(page, settings(slug));
  await page.getByRole("button", { name: "Trigger", exact: true }).click();
  await page.getByLabel("Name in English").fill("Tell our system");
  await pick(page, page.getByRole("combobox", { name: /^When/ }), "time has passed");
  await page.getByRole("spinbutton", { name: "How long" }).fill("2");
  await pick(page, page.getByRole("combobox", { name: /^Unit/ }), "h");
  await expect(page.getByRole("spinbutton", { name: "How long" })).toHaveValue("2");
  await pick(page, page.getByRole("combobox", { name: /^When/ }), "a ticket is opened");
  await pick(page, page.getByRole("combobox", { name: /^Action 1/ }), "call an address");
  await page.getByRole("textbox", { name: "Address" }).fill(`https://localhost:${port}/desk`);
  const secret = page.getByRole("dialog", { name: "The secret that calls are signed with" });
  await expect(secret).toContainText("whsec_");
  await secret.getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: "Publish" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Publish" }).click();
  await expect(page.getByText(/^version 1$/)).toBeVisible();
  const ticket = await openTicket(maker, slug);
  await page.getByRole("button", { name: "Triggers", exact: true }).click();
  await expect(page.getByRole("button", { name: "Tell our system", exact: true })).toBeVisible();
  await page.getByRole("tab", { name: "Calls" }).click();
  const row = page.getByRole("row").filter({ hasText: ticket.ref });
  await expect(row).toBeVisible({ timeout: 30_000 });
  await expect(row).toContainText("failed", { timeout: 30_000 });
  await expect(row).toContainText("This is not a public https address.");
  await expect(row).toContainText("1 try");
  await expectAccessibleInBothThemes(page, "the log of calls");
  await row.getByRole("button", { name: /^Try again: https:/ }).press("Enter");
  await expect(page.getByText("The call is made again.")).toBeVisible();
  await expect(row).toContainText("2 tries", { timeout: 30_000 });
  await expect(row).toContainText("failed");
});

test("one trigger fires another: the log shows the chain, and why nothing goes round in a circle", async ({ page }) => {
  const { slug, me } = await routedTenant("en");
  const named = (ru: string, en: string) => ({ ru, en });
  await publishTrigger(slug, "mark", { name: named("Пометить", "Mark it"), on: "ticket.opened", actions: [{ kind: "tag", add: ["vip"] }] });
  await publishTrigger(slug, "second", {
    name: named("Вторая метка", "Second tag"),
    on: "ticket.changed",
    when: { field: "tags", op: "has_any", value: ["vip"] },
    actions: [{ kind: "tag", add: ["second"] }],
  });
  const ticket = await openTicket(maker, slug);
  const tags = async () => (await ask<{ tags: string[] }>(maker, `/v1/tenants/${slug}/tickets/${ticket.number}`)).tags.toSorted();
  await expect.poll(tags, { timeout: 30_000 }).toEqual(["second", "vip"]);
  await me.open(page, settings(slug));
  await page.getByRole("button", { name: "Second tag", exact: true }).press("Enter");
  const runs = page.getByRole("complementary", { name: "Runs" }).getByRole("listitem").filter({ hasText: ticket.ref });
  const fired = runs
    .filter({ hasText: /(?<!not )fired?/ })
    .filter({ hasText: "Mark it" })
    .last();
  await expect(fired).toContainText(/Chain:\s*Mark it\s*this trigger/, { timeout: 30_000 });
  const stopped = runs.filter({ hasText: "did not fire" });
  await expect(stopped).toContainText(/has fired in the same chain already/, { timeout: 30_000 });
  await expect(stopped).toContainText(/Chain:\s*Mark it\s*Second tag\s*this trigger/);
  await expectAccessibleInBothThemes(page, "the log with a chain");
  await page.getByRole("checkbox", { name: "Fired ones only" }).press("Space");
  await expect(stopped).toHaveCount(0);
  await expect(runs).toHaveCount(1);
});
