import { expect, type Page } from "@playwright/test";
import { expectAccessibleInBothThemes } from "../../axe.ts";
import { letterTo } from "../../letters.ts";
import { begin, letIn, make, origin, people, signIn } from "../../people.ts";
import { test } from "../../test.ts";
import { codeOf } from "../../totp.ts";

const owner = "owner@romashka.example";

/** Measures a page of those who are not signed in yet in both languages and themes; ends in Russian. */
async function measure(page: Page, name: string): Promise<void> {
  for (const language of ["EN", "RU"]) {
    await page.getByRole("button", { name: new RegExp(`^${language},`) }).click();
    await expectAccessibleInBothThemes(page, `${name}, ${language}`);
  }
}

/** Somebody new in a tenant, invited by its owner and come by the letter's link. */
async function newcomer(
  page: Page,
  name: string,
  look: (what: string) => Promise<void> = async () => {},
): Promise<{ email: string; password: string }> {
  const email = `${name}.${Date.now().toString(36)}@example.com`;
  const password = "vosem-sorok-pod-dozhdem";
  await make(owner, "/v1/tenants/rom/invitations", { email, roles: ["agent"] });
  const { path } = await letterTo(email, "invitations");
  await page.goto(origin + path);
  await expect(page.getByText("Ромашка")).toBeVisible();
  await look("an invitation");
  await page.getByRole("textbox", { name: "Имя и фамилия" }).fill("Лев Новиков");
  await page.getByLabel("Новый пароль").fill("short");
  await page.getByRole("button", { name: "Принять приглашение" }).click();
  await expect(page.getByText("Пароль короче 10 знаков.")).toBeVisible();
  await page.getByLabel("Новый пароль").fill(password);
  await page.getByRole("button", { name: "Принять приглашение" }).click();
  await expect(page).toHaveURL(`${origin}/q`);
  await expect(page.getByRole("link", { name: /Ромашка/ })).toBeVisible();
  return { email, password };
}

test("an invitation by mail becomes an account that works, and its link is spent", async ({ page }) => {
  await newcomer(page, "lev", (what) => measure(page, what));
  await expect(page.getByRole("button", { name: /Лев Новиков/ })).toBeVisible();
  await page.goto(`${origin}/me`);
  await expect(page.getByRole("textbox", { name: "Имя и фамилия" })).toHaveValue("Лев Новиков");
});

test("a forgotten password is set anew by the letter's link", async ({ page, browser }) => {
  test.setTimeout(180_000);
  const somewhere = await browser.newContext({ locale: "ru-RU" });
  const old = await somewhere.newPage();
  const { email } = await newcomer(old, "reset");

  await page.goto(`${origin}/sign-in`);
  await measure(page, "sign-in");
  await page.getByRole("link", { name: "Забыли пароль?" }).click();
  await page.getByRole("textbox", { name: "Почта" }).fill(email);
  await measure(page, "a forgotten password");
  await page.getByRole("button", { name: "Прислать ссылку" }).click();
  await expect(page.getByText(/письмо со ссылкой уже в пути/)).toBeVisible();
  await measure(page, "the letter is on its way");

  const { path } = await letterTo(email, "password-resets");
  await page.goto(origin + path);
  await expect(page.getByText(email)).toBeVisible();
  await measure(page, "a new password");
  await page.getByLabel("Новый пароль").fill("devyat-lodok-u-prichala");
  await page.getByRole("button", { name: "Сохранить и войти" }).click();
  await expect(page).toHaveURL(`${origin}/q`);

  // Every other session has ended, the link works once, and the new password opens the door.
  await old.reload();
  await expect(old).toHaveURL(/\/sign-in/);
  await somewhere.close();
  await page.goto(origin + path);
  await expect(page.getByRole("heading", { name: "Ссылка больше не действует" })).toBeVisible();
  await measure(page, "a spent link");
  await begin(email, "devyat-lodok-u-prichala");
});

test("a wrong password says so and keeps the address", async ({ page }) => {
  await page.goto(`${origin}/sign-in`);
  await page.getByRole("textbox", { name: "Почта" }).fill("nobody@example.com");
  await page.getByLabel("Пароль", { exact: true }).fill("not-this-one");
  await page.getByRole("button", { name: "Войти" }).click();
  await expect(page.getByRole("alert").filter({ hasText: /\p{L}/u })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Почта" })).toHaveValue("nobody@example.com");
  await measure(page, "a refused sign-in");
});

test("a second factor is turned on, asked for at sign-in, and a recovery code works too", async ({ page }) => {
  test.setTimeout(180_000);
  const { email, password } = await newcomer(page, "totp");
  await page.goto(`${origin}/me`);
  await page.getByRole("tab", { name: "Вход и безопасность" }).click();
  await page.getByRole("button", { name: "Включить" }).click();
  const secret = (await page.getByText(/^(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}$/).textContent())?.replaceAll(" ", "") ?? "";
  await page.getByRole("textbox", { name: /Код/ }).fill(codeOf(secret));
  await page.getByRole("button", { name: "Подтвердить" }).click();
  const codes = page.getByRole("list", { name: "Запасные коды" }).getByRole("listitem");
  await expect(codes).toHaveCount(10);
  const spare = (await codes.first().textContent()) ?? "";
  await expectAccessibleInBothThemes(page, "recovery codes");
  await page.getByRole("button", { name: "Коды сохранены" }).click();

  const enter = async (code: string, before = async () => {}) => {
    // Not from under an open page: one that finds its session gone walks to the sign-in by itself, and cuts across this walk.
    await page.goto("about:blank");
    await page.context().clearCookies();
    await page.goto(`${origin}/sign-in`);
    await page.getByRole("textbox", { name: "Почта" }).fill(email);
    await page.getByLabel("Пароль", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Войти" }).click();
    await expect(page.getByRole("heading", { name: "Код из приложения" })).toBeVisible();
    await before();
    await page.getByRole("textbox", { name: "Код" }).fill(code);
    await page.getByRole("button", { name: "Подтвердить" }).click();
  };
  // The code that turned it on does not work twice: the app's next one does.
  await enter(codeOf(secret, 1), () => measure(page, "the second factor"));
  await expect(page).toHaveURL(`${origin}/q`);
  await enter(spare);
  await expect(page).toHaveURL(`${origin}/q`);

  await page.goto(`${origin}/me`);
  await page.getByRole("tab", { name: "Вход и безопасность" }).click();
  const off = page.getByRole("button", { name: "Выключить" });
  await page.locator("form", { has: off }).getByLabel("Нынешний пароль").fill(password);
  await off.click();
  await expect(page.getByRole("button", { name: "Включить" })).toBeVisible();
  await begin(email, password);
});

test("a new API key asks for the password when it was given long ago, and goes on", async ({ page }) => {
  await letIn(page, "owner@vector.example");
  // A quarter of an hour does not pass here: the first answer is the one that would come then.
  let first = true;
  await page.route("**/v1/me/api-keys", async (route) => {
    if (route.request().method() !== "POST" || !first) return route.continue();
    first = false;
    const problem = {
      type: "/problems/reauthenticate",
      title: "Подтвердите пароль ещё раз.",
      status: 401,
      code: "reauthenticate",
      request_id: "x",
    };
    await route.fulfill({ status: 401, contentType: "application/problem+json", json: problem });
  });
  await page.goto(`${origin}/me`);
  await page.getByRole("tab", { name: "Ключи API" }).click();
  await page.getByRole("button", { name: "Новый ключ" }).click();
  await page.getByRole("textbox", { name: "Для чего" }).fill("Отчёты");
  await page.getByRole("button", { name: "Создать ключ" }).click();
  const dialog = page.getByRole("dialog", { name: "Подтвердите пароль" });
  await dialog.getByLabel("Пароль", { exact: true }).fill("not-this-one");
  await dialog.getByRole("button", { name: "Продолжить" }).click();
  await expect(dialog.getByText("Пароль не подошёл.")).toBeVisible();
  await expectAccessibleInBothThemes(page, "the password again", "[role=dialog]");
  await dialog.getByLabel("Пароль", { exact: true }).fill(people.password);
  await dialog.getByRole("button", { name: "Продолжить" }).click();
  const key = page.getByText(/mdk_live_\w+/);
  await expect(key).toBeVisible();
  const secret = /mdk_live_\w+/.exec((await key.textContent()) ?? "")?.[0] ?? "";
  const answer = await fetch(`${origin}/v1/me`, { headers: { Authorization: `Bearer ${secret}` } });
  expect(answer.status).toBe(200);
  await page.getByRole("button", { name: "Закрыть" }).first().click();
  await page
    .locator("div", { hasText: /^Отчёты/ })
    .getByRole("button")
    .last()
    .click();
  await page.getByRole("dialog").getByRole("button").last().click();
});

test("signing out ends the session", async ({ page }) => {
  const { name, value } = await begin("anton@linia.example", people.password);
  await page.context().addCookies([{ name, value, url: origin }]);
  await page.goto(`${origin}/q`);
  await page.getByRole("button", { name: /Антон Лысенко/ }).click();
  await page.getByRole("menuitem", { name: /Выйти|Sign out/ }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.context().addCookies([{ name, value, url: origin }]);
  await page.goto(`${origin}/q`);
  await expect(page).toHaveURL(/\/sign-in/);
});

test("a link to a page waits for the sign-in and is followed then", async ({ page }) => {
  await page.goto(`${origin}/t/rom/settings/members`);
  await expect(page).toHaveURL(/\/sign-in\?to=/);
  await page.getByRole("textbox", { name: "Почта" }).fill(owner);
  await page.getByLabel("Пароль", { exact: true }).fill(people.password);
  await page.getByRole("button", { name: "Войти" }).click();
  await expect(page).toHaveURL(`${origin}/t/rom/settings/members`);
  await expect(page.getByRole("table")).toBeVisible();
  await signIn(page, owner);
});
