import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "../../axe.ts";
import { people, portal, visitPortal } from "../../people.ts";
import { test } from "../../test.ts";
import { expectNoSidewaysScroll, openPage, settled } from "./client.ts";

const slug = "acme";
/** Somebody of their own for each language, which is the person's. */
const clients = people.clients.filter((one) => one.tenant === slug && !one.manager).slice(-2);

const said = {
  ru: {
    type: "Инцидент",
    subject: "Что случилось?",
    text: "Подробнее",
    register: "Касса",
    firmware: "Версия прошивки",
    cut: "Что с длинным чеком",
    blank: "Выходит пустым",
    need: "Заполните «Что с длинным чеком».",
    send: "Отправить заявку",
    sent: "Заявка принята",
  },
  en: {
    type: "Incident",
    subject: "What happened?",
    text: "Details",
    register: "Register",
    firmware: "Firmware",
    cut: "What becomes of a long receipt",
    blank: "It comes out blank",
    need: "Fill in “What becomes of a long receipt”.",
    send: "Send the request",
    sent: "Request received",
  },
} as const;

async function signIn(page: Page, email: string, language: string): Promise<void> {
  await visitPortal(page, slug, email);
  const status = await page.evaluate(
    async ([path, to]) => {
      const body = JSON.stringify({ language: to });
      return (await fetch(path as string, { method: "PATCH", headers: { "Content-Type": "application/json" }, body })).status;
    },
    [`/v1/portal/${slug}/me`, language],
  );
  expect(status).toBe(200);
  await page.reload();
  await settled(page);
}

async function begin(page: Page, words: (typeof said)[keyof typeof said]): Promise<void> {
  await page.goto(`${portal(slug)}/new`);
  await page.getByText(words.type, { exact: true }).click();
  await page.getByLabel(words.subject).fill("Касса режет чеки");
  await page.getByLabel(words.text).fill("С утра.");
  await page.getByLabel(words.register).fill("3");
}

for (const language of ["ru", "en"] as const) {
  test(`a question appears when an answer makes it asked, and is wanted then (${language})`, async ({ browser }) => {
    const words = said[language];
    const { page, context, faults } = await openPage(browser, { language, theme: "light", width: 390 });
    await signIn(page, clients[language === "ru" ? 0 : 1]?.email ?? "", language);
    await begin(page, words);
    const question = page.getByLabel(words.cut);
    await expect(question).toHaveCount(0);
    await page.getByLabel(words.firmware).fill("5.8.2");
    await expect(question).toBeVisible();
    await page.getByLabel(words.firmware).fill("5.7.1");
    await expect(question).toHaveCount(0);
    // Where the server does not answer, what is there stays and can be typed on.
    await page.route("**/forms/incident", (route) => route.abort());
    await page.getByLabel(words.firmware).fill("5.8.0");
    await expect(page.getByLabel(words.register)).toHaveValue("3");
    await page.unroute("**/forms/incident");
    await page.getByLabel(words.firmware).fill("5.8.1");
    await expect(question).toBeVisible();
    await page.getByRole("button", { name: words.send }).press("Enter");
    await expect(page.getByText(words.need)).toBeVisible();
    await expect(question).toBeFocused();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await question.selectOption({ label: words.blank });
    await page.getByRole("button", { name: words.send }).press("Enter");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.sent);
    expect(faults).toEqual([]);
    await context.close();
  });
}
