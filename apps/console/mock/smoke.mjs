// The agent's hour, in Chromium, against the development server and the built app under the
// product's content policy: DIST=1 node apps/console/mock/server.mjs, then this file.
import assert from "node:assert/strict";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

const origin = process.env.MANYDESK_ORIGIN ?? "http://127.0.0.1:28080";
const executablePath =
  process.env.CHROMIUM ??
  ["chromium", "chromium-browser", "google-chrome"]
    .flatMap((name) => (process.env.PATH ?? "").split(delimiter).map((dir) => join(dir, name)))
    .find(runs);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "ru-RU", timezoneId: "Europe/Moscow" });
const page = await context.newPage();
const complaints = [];
page.on("console", (message) => message.type() === "error" && !/status of (4\d\d)/.test(message.text()) && complaints.push(message.text()));
page.on("pageerror", (error) => complaints.push(error.message));
const ok = (text) => process.stdout.write(`ok  ${text}\n`);
const post = (path, data) => page.request.post(`${origin}/v1/${path}`, { data });
const current = () => page.locator("a[aria-current='true'][data-key]").getAttribute("data-key");

await page.goto(`${origin}/q`);
await page.locator("a[data-key='acme/1042']").waitFor();
ok("the queue shows its rows");

// Keys by their place, with a Russian layout on: the letter is «о», the key is J.
const cdp = await context.newCDPSession(page);
const russian = async (code, key) => {
  await cdp.send("Input.dispatchKeyEvent", { type: "keyDown", code, key, text: key });
  await cdp.send("Input.dispatchKeyEvent", { type: "keyUp", code, key });
};
await russian("KeyJ", "о");
await russian("KeyJ", "о");
assert.equal(await current(), "lis/2207");
ok("J moves the cursor in a Russian layout");

await page.keyboard.press("KeyX");
await page.keyboard.press("Shift+KeyJ");
assert.match((await page.getByRole("toolbar").textContent()) ?? "", /Выделен/);
await page.keyboard.press("Escape");
assert.equal(await page.getByRole("toolbar").count(), 0);
ok("rows are selected and let go");

await page.keyboard.press("Digit3");
await page.waitForURL(/scope=lis/);
await page.locator("a[data-key='lis/2198']").waitFor();
assert.equal(await page.locator("a[data-key^='acme/']").count(), 0);
await page.keyboard.press("Digit0");
await page.waitForURL((url) => !url.search.includes("scope"));
ok("digits set the scope");

// A new ticket waits behind the pill while the pointer is inside.
await page.locator("a[data-key='acme/1042']").hover();
await post("tenants/acme/tickets", {
  subject: "Упал сервер кассы",
  text: "Совсем",
  priority: 1,
  contact: { name: "А. Громова", phone: "1" },
  channel: "phone",
});
const pill = page.getByRole("button", { name: "1 новая" });
await pill.waitFor();
assert.equal(await page.getByText("Упал сервер кассы").count(), 0);
await pill.click();
await page.getByText("Упал сервер кассы").first().waitFor();
ok("the list does not jump under the pointer");

await page.setViewportSize({ width: 1280, height: 700 });
await page.goto(`${origin}/t/acme/tickets/ACME-1042`);
const text = page.locator("textarea");
await text.waitFor();
await page.keyboard.press("KeyR");
await page.keyboard.type("Иван, спасибо, лог получили.");
await page.keyboard.press("Escape");
await page.keyboard.press("KeyM");
await page.keyboard.type("Звонить дежурному");
await page.keyboard.press("Escape");
await page.keyboard.press("KeyR");
assert.equal(await text.inputValue(), "Иван, спасибо, лог получили.");
ok("reply and note are two drafts");
await page.getByText(/Черновик \d\d:\d\d/).waitFor();
await page.reload();
await text.waitFor();
assert.equal(await text.inputValue(), "Иван, спасибо, лог получили.");
await page.keyboard.press("KeyM");
assert.equal(await text.inputValue(), "Звонить дежурному");
await page.keyboard.press("Escape");
ok("both survive a reload");

// An answer arrives while writing: nothing leaves before it was read.
await page.keyboard.press("KeyR");
await page.locator("section[aria-label='Переписка']").evaluate((box) => box.scrollTo(0, 0));
await post("tenants/acme/tickets/1042/test-reply", { text: "Очередь уже на улице!" });
await page.getByRole("button", { name: /1 новый ответ клиента/ }).waitFor();
await page.keyboard.press("Control+Enter");
await page.getByText("Пока вы писали, пришёл ответ").waitFor();
assert.equal(await text.inputValue(), "Иван, спасибо, лог получили.");
await page.getByRole("button", { name: "Прочитать" }).click();
await page.keyboard.press("KeyR");
await page.keyboard.press("Control+Enter");
const undo = page.getByRole("button", { name: "Отменить", exact: false }).first();
await undo.waitFor();
assert.equal(await text.inputValue(), "");
ok("what arrived meanwhile is read first, then the reply is held");
await undo.click();
await page.waitForFunction(() => document.querySelector("textarea")?.value === "Иван, спасибо, лог получили.");
ok("the reply is taken back into its draft");

await page.request.post(`${origin}/v1/tenants/acme/tickets/1042/test-presence`, { data: { state: "typing", claim: true } });
await page.getByText(/Олег Карпов отвечает/).waitFor();
ok("a colleague who answers is seen");

await page.keyboard.press("Escape");
await page.keyboard.press("KeyE");
await page.getByRole("button", { name: /Статус: Решена/ }).waitFor();
ok("E resolves");

assert.deepEqual(complaints, []);
ok("no error and no breach of the content policy");
await browser.close();

function runs(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
