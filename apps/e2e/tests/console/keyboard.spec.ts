import { expect, type Page } from "@playwright/test";
import { ask, openTicket, signIn } from "../../people.ts";
import { test } from "../../test.ts";

const oleg = "oleg@linia.example";

/** Presses a key as the Russian layout gives it: the place stays, the letter does not. */
const russian = (page: Page, code: string, letter: string) =>
  page.evaluate(
    ([c, k]) => {
      const on = document.activeElement ?? document.body;
      on.dispatchEvent(new KeyboardEvent("keydown", { code: c, key: k, bubbles: true, cancelable: true }));
    },
    [code, letter] as const,
  );

const rows = (page: Page) => page.locator("a[data-key]");

test("the queue is worked by keyboard with the Russian layout on", async ({ page }) => {
  // Tickets of its own: what else comes in meanwhile would come in between.
  const mark = `Раскладка ${Date.now().toString(36)}`;
  for (const n of [1, 2]) await openTicket(oleg, "acme", { subject: `${mark} ${n}` });
  await signIn(page, oleg, `/q?view=all&filter=${encodeURIComponent(`"${mark}"`)}`);
  await expect(rows(page)).toHaveCount(2);
  await russian(page, "KeyJ", "о");
  await expect(rows(page).first()).toBeFocused();
  await russian(page, "KeyJ", "о");
  await expect(rows(page).nth(1)).toBeFocused();
  await russian(page, "KeyX", "ч");
  await expect(page.getByRole("toolbar", { name: "Выделена 1 заявка" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/t\/[a-z]+\/tickets\//);
});

test("from the queue to an answer and to the next ticket without the mouse", async ({ page }) => {
  const ticket = await openTicket(oleg, "acme", { priority: 1 });
  await signIn(page, oleg, `/q?view=all&filter=${encodeURIComponent(`"${ticket.subject}"`)}`);
  await expect(rows(page).first()).toContainText(ticket.subject);
  await page.keyboard.press("j");
  await page.keyboard.press("r");
  await expect(page).toHaveURL(new RegExp(`/tickets/${ticket.ref}`));
  const box = page.getByRole("textbox", { name: /^Ответ от ACME/ });
  await expect(box).toBeFocused();
  await page.keyboard.insertText("Готово, проверьте, пожалуйста.");
  await page.keyboard.press("Control+Shift+Enter");
  await expect(page).not.toHaveURL(new RegExp(ticket.ref));
  await expect(page).toHaveURL(/\/t\/[a-z]+\/tickets\//);
  await expect
    .poll(async () => (await ask<{ status: { category: string } }>(oleg, `/v1/tenants/acme/tickets/${ticket.number}`)).status.category)
    .toBe("resolved");
  await page.keyboard.press("u");
  await expect(page).toHaveURL(/\/q/);
});

test("digits choose whose tickets are shown, 0 shows all", async ({ page }) => {
  await signIn(page, "anton@linia.example");
  await expect(rows(page).first()).toBeVisible();
  const scopes: string[] = [];
  for (const digit of ["1", "2", "3"]) {
    await page.keyboard.press(digit);
    await expect(page).toHaveURL(/scope=[a-z]+/);
    scopes.push(new URL(page.url()).searchParams.get("scope") ?? "");
    await expect(page.locator(`[data-tenant=${scopes.at(-1)}]`).first()).toBeAttached();
  }
  expect(new Set(scopes)).toEqual(new Set(["acme", "nrd", "rom"]));
  await page.keyboard.press("9");
  expect(new URL(page.url()).searchParams.get("scope")).toBe(scopes[2]);
  await page.keyboard.press("0");
  await expect(page).not.toHaveURL(/scope=/);
});

test("a digit in a text stays in the text, and Esc gives the keys back", async ({ page }) => {
  const ticket = await openTicket(oleg, "acme");
  await signIn(page, oleg, `/t/acme/tickets/${ticket.ref}`);
  const box = page.getByRole("textbox", { name: /^Ответ от ACME/ });
  await box.click();
  await page.keyboard.type("Касса 12");
  await expect(box).toHaveValue("Касса 12");
  await page.keyboard.press("Escape");
  await page.keyboard.press("2");
  await expect(page).toHaveURL(/\/q\?scope=/);
  await page.goBack();
  await expect(box).toHaveValue("Касса 12");
});
