import { expect, type Page, test } from "@playwright/test";

test.beforeEach(async ({ page }) => {
  await page.goto("/?lang=ru");
  await page.getByRole("heading", { level: 1 }).waitFor();
});

const last = (page: Page) => page.getByTestId("last");

/** A key as a Russian layout sends it: the place is J, the letter is «о». */
async function russian(page: Page, code: string, key: string): Promise<void> {
  const line = await page.context().newCDPSession(page);
  const press = { code, key, text: key, windowsVirtualKeyCode: code.charCodeAt(3) };
  await line.send("Input.dispatchKeyEvent", { type: "keyDown", ...press });
  await line.send("Input.dispatchKeyEvent", { type: "keyUp", ...press });
}

test("shortcuts work with the Russian layout on, and in a field the letter is typed", async ({ page }) => {
  await russian(page, "KeyJ", "о");
  await expect(last(page)).toHaveText("down");
  await russian(page, "KeyG", "п");
  await russian(page, "KeyQ", "й");
  await expect(last(page)).toHaveText("queue");
  const subject = page.getByRole("textbox", { name: "Тема" }).first();
  await subject.focus();
  await russian(page, "KeyJ", "о");
  await expect(subject).toHaveValue("о");
  await expect(last(page)).toHaveText("queue");
});

test("the palette opens from a field, finds by name, and gives the focus back", async ({ page }) => {
  const subject = page.getByRole("textbox", { name: "Тема" }).first();
  await subject.focus();
  await page.keyboard.press("Control+KeyK");
  await page.getByRole("combobox", { name: "Команда, заявка, заказчик" }).fill("ромаш");
  await page.keyboard.press("Enter");
  await expect(last(page)).toHaveText("rom");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(subject).toBeFocused();
});

test("a dialog holds the focus and the keys, Esc closes it and gives the focus back", async ({ page }) => {
  const open = page.getByRole("button", { name: "Открыть окно" });
  await open.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Открыть окно" });
  await expect(dialog).toBeVisible();
  await page.keyboard.press("KeyJ");
  await expect(last(page)).toHaveText("");
  for (let n = 0; n < 6; n += 1) {
    await page.keyboard.press("Tab");
    // From the last control Tab may go to the browser's own bars, never to the page beneath.
    expect(await dialog.evaluate((node) => node.contains(document.activeElement) || document.activeElement === document.body)).toBe(true);
  }
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(open).toBeFocused();
});

test("a menu: arrows, a letter, Enter", async ({ page }) => {
  await page.getByRole("button", { name: "Разделы" }).focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("menuitem", { name: "Ответственный" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect(last(page)).toHaveText("assign");
  await expect(page.getByRole("button", { name: "Разделы" })).toBeFocused();
});

test("the stars are a radio group", async ({ page }) => {
  const stars = page.getByRole("radiogroup", { name: "Оцените работу" });
  await stars.getByRole("radio", { name: "4 из 5, хорошо" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(stars.getByRole("radio", { name: "5 из 5, отлично" })).toBeChecked();
  const box = await stars.locator("label").first().boundingBox();
  expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
});

test("reply and note keep each its own text, and Esc leaves the text for the keys", async ({ page }) => {
  const reply = page.getByRole("textbox", { name: /Ответ от ACME/ });
  await reply.fill("для клиента");
  await page.getByRole("tab", { name: "Заметка" }).click();
  const note = page.getByRole("textbox", { name: /внутренней заметки/ });
  await expect(note).toHaveValue(/Откатываю/);
  await expect(page.getByRole("button", { name: "Сохранить заметку" })).toBeVisible();
  await page.getByRole("tab", { name: "Ответ" }).click();
  await expect(reply).toHaveValue("для клиента");
  await reply.focus();
  await page.keyboard.press("Escape");
  await expect(reply).not.toBeFocused();
  await page.keyboard.press("KeyJ");
  await expect(last(page)).toHaveText("down");
});

test("the sheet of keys lists what works here", async ({ page }) => {
  await page.keyboard.press("Shift+Slash");
  const sheet = page.getByRole("dialog", { name: "Клавиши этого экрана" });
  await expect(sheet.getByText("Следующая")).toBeVisible();
  await expect(sheet.getByText("J", { exact: true })).toBeVisible();
  await expect(sheet.getByText("G Q")).toBeVisible();
});

test("a toast can be taken back from the keyboard and by its time does not hurry", async ({ page }) => {
  await page.getByRole("button", { name: "Сообщить", exact: true }).click();
  await expect(page.getByRole("status").filter({ hasText: "отложена" })).toBeVisible();
  await page.getByRole("button", { name: "Отменить" }).focus();
  await page.keyboard.press("Enter");
  await expect(last(page)).toHaveText("undone");
});

test("the language changes at once, without a reload", async ({ page }) => {
  await page.evaluate(() => {
    (window as unknown as { same: boolean }).same = true;
  });
  await page.getByRole("button", { name: "EN, English" }).click();
  await expect(page.getByRole("button", { name: "Send from ACME" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  expect(await page.evaluate(() => (window as unknown as { same?: boolean }).same)).toBe(true);
});

test("tags: what is typed becomes one, Backspace takes it away", async ({ page }) => {
  const tags = page.getByRole("combobox", { name: "Метки", exact: true });
  await tags.focus();
  await page.keyboard.type("срочно");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Убрать срочно" })).toBeVisible();
  await page.keyboard.press("Backspace");
  await expect(page.getByRole("button", { name: "Убрать срочно" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Убрать VIP" })).toBeVisible();
});
