import { expect } from "@playwright/test";
import { expectAccessibleInBothThemes } from "../../axe.ts";
import { letterTo } from "../../letters.ts";
import { test } from "../../test.ts";

const origin = process.env.MANYDESK_ORIGIN ?? "http://localhost:8080";
const password = "shest-lun-nad-polem";

/** An empty installation, from its first visit on; each step stands on the one before. */
test("the first visit makes the owner and the first customer, and the house fills from there", async ({ page, browser }) => {
  test.setTimeout(180_000);
  await page.goto(`${origin}/`);
  await expect(page).toHaveURL(`${origin}/setup`);
  for (const language of ["EN", "RU"]) {
    await page.getByRole("button", { name: new RegExp(`^${language},`) }).click();
    await expectAccessibleInBothThemes(page, `the first visit, ${language}`);
  }
  await page.goto(`${origin}/sign-in`);
  await expect(page).toHaveURL(`${origin}/setup`);
  await page.getByRole("textbox", { name: "Имя и фамилия" }).fill("Ася Громова");
  await page.getByRole("textbox", { name: "Почта" }).fill("asya@example.com");
  await page.getByLabel("Новый пароль").fill(password);
  await page.getByRole("textbox", { name: "Название" }).fill("Северный склад");
  await page.getByRole("textbox", { name: "Адрес портала" }).fill("sever");
  await page.getByRole("textbox", { name: "Код заявок" }).fill("SEV");
  await page.getByRole("button", { name: "Создать и войти" }).click();
  await expect(page).toHaveURL(`${origin}/q`);
  await expect(page.getByText("Очередь пуста")).toBeVisible();
  await expectAccessibleInBothThemes(page, "an empty house");

  // It happens once: whoever comes later signs in.
  const later = await browser.newContext({ locale: "ru-RU" });
  const visitor = await later.newPage();
  await visitor.goto(`${origin}/`);
  await expect(visitor).toHaveURL(`${origin}/sign-in`);
  await visitor.goto(origin.replace("//", "//sever."));
  await expect(visitor.getByText("Северный склад").first()).toBeVisible();

  // A second customer.
  await page.goto(`${origin}/tenants/new`);
  await page.getByRole("textbox", { name: "Название" }).fill("Южный порт");
  await page.getByRole("textbox", { name: /^Адрес/ }).fill("sever");
  await page.getByRole("button", { name: "Создать заказчика" }).click();
  await expect(page.getByRole("textbox", { name: /^Адрес/ })).toHaveAttribute("aria-invalid", "true");
  await page.getByRole("textbox", { name: /^Адрес/ }).fill("yug");
  await page.getByRole("button", { name: "Создать заказчика" }).click();
  await expect(page).toHaveURL(/\/t\/yug\//);
  await page.goto(`${origin}/q`);
  await expect(page.getByRole("link", { name: /Южный порт/ })).toBeVisible();

  // Somebody is invited there, and the first ticket is written down by hand.
  await page.goto(`${origin}/t/yug/settings/members`);
  await page.getByRole("button", { name: "Пригласить" }).click();
  await page.getByRole("textbox", { name: "Почта" }).fill("petr@example.com");
  await page.getByRole("button", { name: "Отправить приглашение" }).click();
  await expect(page.getByText("petr@example.com", { exact: true })).toBeVisible();
  const { path } = await letterTo("petr@example.com", "invitations");
  await visitor.goto(origin + path);
  await expect(visitor.getByText("Южный порт")).toBeVisible();
  await later.close();

  await page.goto(`${origin}/new?tenant=yug`);
  await page.getByRole("button", { name: "Новый клиент" }).click();
  await page.getByRole("textbox", { name: /^Имя/ }).fill("Глеб Орлов");
  await page.getByRole("textbox", { name: /^Почта/ }).fill("gleb@example.com");
  await page.getByRole("textbox", { name: /^Что случилось, коротко/ }).fill("Не открываются ворота");
  await page.getByRole("textbox", { name: /^Подробности со слов клиента/ }).fill("Третьи ворота, с утра.");
  await page.getByRole("button", { name: "Оформить" }).click();
  await expect(page).toHaveURL(/\/t\/yug\/tickets\/.+-1$/);
});
