import { expect } from "@playwright/test";
import { ask, people, signIn } from "../../people.ts";
import { test } from "../../test.ts";

const ira = "ira@linia.example";

test("a call is written down as a ticket without the mouse", async ({ page }) => {
  const mark = Date.now().toString(36);
  await signIn(page, ira);
  await page.keyboard.press("c");
  await expect(page.getByRole("heading", { name: "Новая заявка" })).toBeVisible();
  await page.getByRole("combobox", { name: "Заказчик" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("option", { name: /АКМЕ Ритейл/ }).press("Enter");
  await expect(page).toHaveURL(/tenant=acme/);

  // Nothing is sent before the form says what it needs.
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Заполните это поле.").first()).toBeVisible();

  await page.getByRole("button", { name: "Новый клиент" }).press("Enter");
  await page.getByRole("textbox", { name: /^Имя/ }).fill("Зинаида Ромашкина");
  await page.getByRole("textbox", { name: /^Телефон/ }).fill("+7 495 555-01-42");
  await page.getByRole("textbox", { name: /^Что случилось, коротко/ }).fill(`Не включается терминал ${mark}`);
  await page.getByRole("textbox", { name: /^Подробности со слов клиента/ }).fill("С восьми утра, после грозы.");
  await page.getByRole("textbox", { name: "Касса" }).fill("3");
  await page.keyboard.press("Control+Enter");
  await expect(page).toHaveURL(/\/t\/acme\/tickets\/ACME-\d+/);
  await expect(page.getByRole("heading", { name: `Не включается терминал ${mark}` })).toBeVisible();
  const number = Number(/ACME-(\d+)/.exec(page.url())?.[1]);
  const made = await ask<{ channel: string; contact_card: { name: string; phone: string } }>(ira, `/v1/tenants/acme/tickets/${number}`);
  expect(made.channel).toBe("phone");
  expect(made.contact_card).toMatchObject({ name: "Зинаида Ромашкина" });
  expect(made.contact_card.phone.replace(/\D/g, "")).toBe("74955550142");
});

test("a known client is found by a few letters, and a parked draft is there again", async ({ page }) => {
  await signIn(page, ira, "/new?tenant=acme");
  const known = people.clients.find((one) => one.tenant === "acme");
  if (!known) throw new Error("the demo has no client of ACME");
  await page.getByRole("combobox", { name: /^Клиент/ }).fill(known.email.split("@")[0] ?? "");
  await page.getByRole("option").first().click();
  await page.getByRole("textbox", { name: /^Что случилось, коротко/ }).fill("Мигает экран");
  await expect(page.getByRole("textbox", { name: /^Что случилось, коротко/ })).toHaveValue("Мигает экран");
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/\/q/);
  await page.goto("/new?tenant=acme");
  await expect(page.getByRole("textbox", { name: /^Что случилось, коротко/ })).toHaveValue("Мигает экран");
  await page.getByRole("button", { name: "Начать заново" }).click();
  await expect(page.getByRole("textbox", { name: /^Что случилось, коротко/ })).toHaveValue("");
});
