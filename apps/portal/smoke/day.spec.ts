import { expect, test } from "@playwright/test";
import { expectAccessible } from "../../e2e/axe.ts";

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

const begin = (set: string) => test.beforeEach(({ request }) => request.get(`/__world?${set}`).then(() => {}));

/** Everything in the browser's own store, as text. */
function kept(): Promise<string> {
  return new Promise((done) => {
    const opening = indexedDB.open("keyval-store");
    opening.onsuccess = () => {
      const base = opening.result;
      if (base.objectStoreNames.length === 0) return done("");
      const all = base.transaction("keyval").objectStore("keyval").getAll();
      all.onsuccess = () => {
        base.close();
        done(JSON.stringify(all.result));
      };
    };
  });
}

test.describe("signing in", () => {
  begin("session=off");

  test("a pasted code goes by itself and leads where one wanted", async ({ page }) => {
    await page.goto("/requests/LIS-2231");
    await expect(page).toHaveURL(/sign-in\?to=/);
    await page.getByRole("button", { name: "Получить письмо" }).click();
    await expect(page.getByRole("alert").filter({ hasText: "адрес" })).toBeVisible();
    await page.getByLabel("Электронная почта").fill("i.petrov@ptf4.example");
    await page.getByLabel("Электронная почта").press("Enter");
    const code = page.getByLabel("Код из письма");
    await expect(code).toBeFocused();
    await expect(page.getByText(/через \d+ секунд/)).toBeVisible();
    await expectAccessible(page);
    await code.fill("000000");
    await expect(page.getByRole("alert").filter({ hasText: "не подходит" })).toBeVisible();
    await code.fill("");
    await code.fill("482 713");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Датчик CO2 молчит, корпус 2");
  });

  test("with a password", async ({ page }) => {
    await page.goto("/sign-in");
    await page.getByRole("button", { name: "Войти с паролем" }).click();
    await page.getByLabel("Электронная почта").fill("i.petrov@ptf4.example");
    await page.getByLabel("Пароль", { exact: true }).fill("wrong");
    await page.getByRole("button", { name: "Войти", exact: true }).click();
    await expect(page.getByRole("alert").filter({ hasText: "не подходит" })).toBeVisible();
    await expectAccessible(page);
    await page.getByLabel("Пароль", { exact: true }).fill("right one");
    await page.getByRole("button", { name: "Войти", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Иван");
  });

  test("by the letter's link, which signs in at the button", async ({ page }) => {
    await page.goto("/sign-in/token");
    await page.getByRole("button", { name: "Войти" }).click();
    await expect(page.getByRole("link", { name: "Создать заявку" })).toBeVisible();
    await page.request.get("/__world?session=off");
    await page.goto("/sign-in/old");
    await page.getByRole("button", { name: "Войти" }).click();
    await page.getByRole("link", { name: "Получить новое письмо" }).click();
    await expect(page.getByLabel("Электронная почта")).toBeVisible();
  });
});

test.describe("signed in", () => {
  begin("");

  test("a request is filed, its draft survives a reload, files go with it", async ({ page }) => {
    await page.goto("/");
    await page.getByRole("link", { name: "Создать заявку" }).click();
    await page.getByRole("button", { name: "Отправить заявку" }).click();
    await expect(page.getByText("Выберите, с чем помочь.")).toBeVisible();
    await expectAccessible(page);
    await page.getByText("Микроклимат").click();
    await page.getByLabel("Что случилось?").fill("Датчик не отвечает");
    await page.getByLabel("Подробнее").fill("С шести утра прочерки");
    await page.locator("input[data-picks=files]").setInputFiles([
      { name: "экран.png", mimeType: "image/png", buffer: Buffer.from("png") },
      { name: "лог.txt", mimeType: "text/plain", buffer: Buffer.from("log") },
    ]);
    await expect(page.getByRole("list", { name: "Файлы" }).getByRole("listitem")).toHaveCount(2);
    await expect(page.getByText("Черновик сохранён.")).toBeVisible();
    await page.reload();
    await expect(page.getByLabel("Подробнее")).toHaveValue("С шести утра прочерки");
    await expect(page.getByRole("list", { name: "Файлы" }).getByRole("listitem")).toHaveCount(2);
    await page.getByRole("button", { name: "Отправить заявку" }).click();
    await expect(page.getByText("Заполните «Корпус».")).toBeVisible();
    await page.getByLabel("Корпус").selectOption("h2");
    await page.getByLabel("Сколько голов").fill("18 400,5");
    await page.getByText("Нет", { exact: true }).click();
    await page.getByRole("button", { name: "Отправить заявку" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Заявка принята");
    await expect(page.getByText("LIS-2237")).toBeVisible();
    await expectAccessible(page);
    const [sent] = await (await page.request.get("/__recorded")).json();
    expect(sent).toMatchObject({ type: "type0", fields: { house: "h2", birds: 18400.5, air: false }, uploads: ["up_1", "up_2"] });
    await page.getByRole("link", { name: "Открыть заявку" }).click();
    await expect(page.getByText("С шести утра прочерки")).toBeVisible();
    await page.goto("/new");
    await expect(page.getByLabel("Что случилось?")).toHaveValue("");
  });

  test("a question is answered; the answer of others comes by itself", async ({ page }) => {
    await page.goto("/");
    await page.getByRole("link", { name: "Ответить" }).click();
    const box = page.getByLabel("Сообщение", { exact: true });
    await expect(box).toBeFocused();
    await box.fill("Версия 4.2");
    await expect.poll(() => page.evaluate(kept)).toContain("Версия 4.2");
    await page.reload();
    await expect(box).toHaveValue("Версия 4.2");
    await page.locator("input[data-picks=files]").setInputFiles({ name: "версия.png", mimeType: "image/png", buffer: Buffer.from("png") });
    await page.getByRole("button", { name: "Отправить" }).click();
    await expect(page.getByRole("article", { name: "Ваше сообщение" }).last()).toContainText("Версия 4.2");
    await expect(box).toHaveValue("");
    await expect(page.getByText("В работе, занимается Олег Савин.")).toBeVisible();
    await page.request.put("/v1/portal/lis/requests/2190/reopening", { data: { text: "Сказано с другого места" } });
    await page.request.get("/__tell?number=2190");
    await expect(page.getByText("Сказано с другого места")).toBeVisible();
  });

  test("confirmed, rated and rated again", async ({ page }) => {
    await page.goto("/requests/LIS-2204");
    await page.getByRole("button", { name: "Да, всё работает" }).click();
    await expect(page.getByRole("heading", { name: "Оцените работу" })).toBeVisible();
    await page.getByText("Скорость").click();
    await page.getByRole("radio", { name: /^5 из 5/ }).check({ force: true });
    await page.getByRole("button", { name: "Отправить оценку" }).click();
    await expect(page.getByText("Ваша оценка: 5 из 5")).toBeVisible();
    await page.getByRole("button", { name: "Изменить оценку" }).click();
    await page.getByRole("radio", { name: /^3 из 5/ }).check({ force: true });
    await page.getByRole("button", { name: "Отправить оценку" }).click();
    await expect(page.getByText("Ваша оценка: 3 из 5")).toBeVisible();
  });

  test("reopened with a reason", async ({ page }) => {
    await page.goto("/requests/LIS-2204");
    await page.getByRole("button", { name: "Нет, возобновить" }).click();
    await page.getByLabel("Что ещё не так?").fill("Снова молчит");
    await page.getByRole("button", { name: "Возобновить заявку" }).click();
    await expect(page.getByText("Снова молчит")).toBeVisible();
  });

  test("a letter's star is only chosen, the button records it", async ({ page }) => {
    await page.goto("/rate/token?score=4");
    await expect(page.getByRole("radio", { name: /^4 из 5/ })).toBeChecked();
    expect(await (await page.request.get("/__recorded")).json()).toEqual([]);
    await page.getByRole("button", { name: "Отправить оценку" }).click();
    await expect(page.getByText("Записали вашу оценку: 4 из 5.")).toBeVisible();
    expect(await (await page.request.get("/__recorded")).json()).toMatchObject([{ score: 4 }]);
  });

  test("one tap rates on the first page", async ({ page }) => {
    await page.goto("/");
    await page.getByRole("radio", { name: /^4 из 5/ }).check({ force: true });
    await expect(page.getByText("Спасибо! Оценка записана.")).toBeVisible();
    await expect(page.getByRole("radio")).toHaveCount(0);
  });

  test("the language, the profile and the way out", async ({ page }) => {
    await page.goto("/me");
    await page.getByRole("button", { name: /EN/ }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Profile");
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await page.getByLabel("Appearance").selectOption("dark");
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await page.getByLabel("New password").fill("long enough words");
    await page.getByRole("button", { name: "Save" }).last().click();
    await expect(page.getByText("The password is saved.")).toBeVisible();
    await page.getByRole("link", { name: "Home" }).last().click();
    await expect(page.getByText("In work with Oleg Savin.")).toBeVisible();
    await page.goto("/me");
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect(page).toHaveURL(/\/sign-in/);
  });
});
