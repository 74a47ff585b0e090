import { expect, type Page } from "@playwright/test";
import { expectAccessible, expectAccessibleInBothThemes } from "../../axe.ts";
import { maker, publish } from "../../clock.ts";
import { ask, make, origin } from "../../people.ts";
import { newcomer, routedTenant } from "../../route.ts";
import { test } from "../../test.ts";

const settings = (slug: string) => `${origin}/t/${slug}/settings/types`;
const saved = (page: Page) => expect(page.getByText(/^(сохранено|saved) \d/)).toBeVisible();

async function pick(page: Page, opener: ReturnType<Page["getByRole"]>, option: string | RegExp): Promise<void> {
  await opener.press("Enter");
  await page.getByRole("option", { name: option, exact: true }).click();
}

const named = (ru: string, en: string) => ({ ru, en });

/** A type that asks for the serial number of what is under warranty, and for the act of what is resolved. */
async function repairs(slug: string): Promise<void> {
  await publish(maker, slug, "fields", "warranty", { name: named("На гарантии", "Under warranty"), kind: "boolean" });
  await publish(maker, slug, "fields", "serial", { name: named("Серийный номер", "Serial number"), kind: "text" });
  await publish(maker, slug, "fields", "act", { name: named("Номер акта", "Number of the act"), kind: "text" });
  await publish(maker, slug, "ticket-types", "repair", {
    name: named("Ремонт", "Repair"),
    public: true,
    fields: [
      { field: "warranty" },
      { field: "serial", required: true, when: { field: "fields.warranty", op: "is", value: true } },
      { field: "act", required: true, internal: true, when: { field: "status", op: "in", value: ["resolved"] } },
    ],
  });
}

const ticketOf = (slug: string) =>
  make<{ ref: string; number: number }>(maker, `/v1/tenants/${slug}/tickets`, {
    subject: "Не включается",
    text: { format: "plain", body: "Совсем." },
    contact: { email: `client-${Date.now().toString(36)}@example.com`, name: "Пётр Ильин" },
    type: "repair",
  });

test("a type with a conditional question is made by keys, tried beside and published", async ({ page }) => {
  const { slug, me } = await routedTenant("ru");
  await publish(maker, slug, "fields", "warranty", { name: named("На гарантии", "Under warranty"), kind: "boolean" });
  await me.open(page, settings(slug));
  await expect(page.getByRole("button", { name: "Неисправность", exact: true })).toBeVisible();
  await expectAccessibleInBothThemes(page, "the list of types");
  await page.getByRole("tab", { name: /^Поля/ }).click();
  await page.getByRole("button", { name: "Поле", exact: true }).press("Enter");
  const making = page.getByRole("dialog", { name: "Новое поле" });
  await making.getByLabel("Название по-русски").fill("Серийный номер");
  await making.getByRole("button", { name: "Создать" }).press("Enter");
  await expect(making.getByText("Заполните это поле.")).toBeVisible();
  await expectAccessible(page, undefined, "a new field");
  await making.getByLabel("Название по-английски").fill("Serial number");
  await page.keyboard.press("Enter");
  await page.getByLabel("Подсказка по-русски").fill("На задней стенке");
  await saved(page);
  await expectAccessibleInBothThemes(page, "the editor of a field");
  await page.getByRole("button", { name: "Опубликовать" }).press("Enter");
  await page.getByRole("dialog", { name: "Опубликовать поле?" }).getByRole("button", { name: "Опубликовать" }).press("Enter");
  await expect(page.getByText(/^версия 1$/)).toBeVisible();
  await page.getByRole("button", { name: "Типы заявок", exact: true }).press("Enter");

  await page.getByRole("tab", { name: /^Типы/ }).click();
  await page.getByRole("button", { name: "Тип", exact: true }).press("Enter");
  const type = page.getByRole("dialog", { name: "Новый тип" });
  await type.getByLabel("Название по-русски").fill("Ремонт");
  await type.getByLabel("Название по-английски").fill("Repair");
  await page.keyboard.press("Enter");
  await page.getByRole("checkbox", { name: /^Публичный/ }).press("Space");
  for (const field of ["На гарантии", "Серийный номер"]) {
    await page.getByRole("button", { name: "Вопрос", exact: true }).press("Enter");
    await page.getByRole("menuitem", { name: field }).press("Enter");
  }
  const serial = page.getByRole("list").getByRole("listitem").filter({ hasText: "Серийный номер" });
  await serial.getByRole("checkbox", { name: "Обязательный" }).press("Space");
  await serial.getByRole("button", { name: "Спрашивать, если… «Серийный номер»" }).press("Enter");
  await serial.getByRole("button", { name: "Условие", exact: true }).press("Enter");
  const condition = serial.getByRole("group", { name: "Спрашивать «Серийный номер», если" });
  await pick(page, condition.getByRole("combobox").first(), "На гарантии");
  await saved(page);

  // Beside, the form asks as it will.
  const preview = page.getByRole("complementary", { name: "Как выглядит форма" });
  await expect(preview.getByRole("checkbox", { name: "На гарантии" })).toBeVisible();
  await expect(preview.getByLabel("Серийный номер")).toHaveCount(0);
  await preview.getByRole("checkbox", { name: "На гарантии" }).press("Space");
  await expect(preview.getByLabel("Серийный номер")).toBeVisible();
  await expectAccessibleInBothThemes(page, "the editor of a type");
  await page.getByRole("button", { name: "Опубликовать" }).press("Enter");
  await page.getByRole("dialog", { name: "Опубликовать тип?" }).getByRole("button", { name: "Опубликовать" }).press("Enter");
  await expect(page.getByText(/^версия 1$/)).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await expectAccessible(page, undefined, "the editor of a type on a phone");
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);

  // What is named by a form stays.
  await page.setViewportSize({ width: 1440, height: 900 });
  await serial.getByRole("button", { name: "Открыть поле" }).press("Enter");
  await page.getByRole("button", { name: "Удалить" }).press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Удалить" }).press("Enter");
  await expect(page.getByText(/«Ремонт»/).last()).toBeVisible();
  const { items } = await ask<{ items: { key: string }[] }>(maker, `/v1/tenants/${slug}/fields`);
  expect(items.map((one) => one.key)).toContain("serial_number");
});

test("a new ticket asks what an answer makes it ask, and wants it then", async ({ page }) => {
  const { slug, me } = await routedTenant("ru");
  await repairs(slug);
  await me.open(page, `${origin}/new?tenant=${slug}`);
  await pick(page, page.getByRole("combobox", { name: "Тип" }), "Ремонт");
  await expect(page.getByRole("checkbox", { name: "На гарантии" })).toBeVisible();
  await expect(page.getByLabel("Серийный номер")).toHaveCount(0);
  await page.getByRole("checkbox", { name: "На гарантии" }).press("Space");
  const serial = page.getByLabel("Серийный номер");
  await serial.fill("A-7");
  // Typed text is there again when the question is.
  await page.getByRole("checkbox", { name: "На гарантии" }).press("Space");
  await expect(serial).toHaveCount(0);
  await page.getByRole("checkbox", { name: "На гарантии" }).press("Space");
  await expect(serial).toHaveValue("A-7");
  // Where the server does not answer, the form stands as it was.
  await page.route("**/forms/repair", (route) => route.abort());
  await page.getByRole("checkbox", { name: "На гарантии" }).press("Space");
  await expect(serial).toHaveValue("A-7");
  await page.getByRole("checkbox", { name: "На гарантии" }).press("Space");
  await page.unroute("**/forms/repair");
  await expectAccessible(page, undefined, "a new ticket with a conditional question");
});

test("in English: a status asks what its form asks before it is set", async ({ page }) => {
  const { slug, me } = await routedTenant("en");
  await repairs(slug);
  const { ref, number } = await ticketOf(slug);
  await me.open(page, `${origin}/t/${slug}/tickets/${ref}`);
  await page.getByRole("heading", { level: 1, name: "Не включается" }).waitFor();
  const status = async () => (await ask<{ status: { key: string } }>(maker, `/v1/tenants/${slug}/tickets/${number}`)).status.key;
  const dialog = page.getByRole("dialog", { name: "Resolved" });
  await page.keyboard.press("e");
  await expect(dialog.getByLabel("Number of the act")).toBeVisible();
  await expectAccessibleInBothThemes(page, "a status that asks");
  await dialog.getByRole("button", { name: "Change the status" }).press("Enter");
  await expect(dialog.getByText("Answer this question.")).toBeVisible();
  expect(await status()).toBe("open");
  await dialog.getByLabel("Number of the act").fill("A-1");
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect.poll(status).toBe("resolved");
  const { fields } = await ask<{ fields: { key: string; value: unknown }[] }>(maker, `/v1/tenants/${slug}/tickets/${number}`);
  expect(fields.find((one) => one.key === "act")?.value).toBe("A-1");
});

test("who may not change settings reads the types, and an error says what to do", async ({ page }) => {
  const { slug } = await routedTenant("ru");
  await repairs(slug);
  const agent = await newcomer(slug, "ru", { role: "agent", name: "Лена Ким" });
  await agent.open(page, settings(slug));
  await page.getByRole("button", { name: "Ремонт", exact: true }).press("Enter");
  await expect(page.getByLabel("Название по-русски")).toBeDisabled();
  await expect(page.getByRole("button", { name: "Опубликовать" })).toHaveCount(0);
  await expectAccessible(page, undefined, "a type that is read");
  await page.route("**/ticket-types", (route) => route.fulfill({ status: 500, body: "{}" }));
  await page.goto(settings(slug));
  await expect(page.getByRole("button", { name: "Повторить" })).toBeVisible();
});
