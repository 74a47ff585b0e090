import { expect, type Page } from "@playwright/test";
import { caught, header, mailbox, send } from "../../mail.ts";
import { ask, openTicket, origin, signIn, staff } from "../../people.ts";
import { test } from "../../test.ts";

const maria = "maria@linia.example";

const reply = (page: Page) => page.getByRole("textbox", { name: /^Ответ от ACME/ });
const note = (page: Page) => page.getByRole("textbox", { name: /^Текст внутренней заметки/ });
const sendIt = (page: Page) => page.getByRole("button", { name: /^Отправить от ACME/ });

async function visit(page: Page, more: object = {}): Promise<{ ref: string; number: number; subject: string }> {
  const ticket = await openTicket(maria, "acme", more);
  await signIn(page, maria, `/t/acme/tickets/${ticket.ref}`);
  await expect(reply(page)).toBeVisible();
  return ticket;
}

test("a reply takes several files with it; one that can be run is refused and says why", async ({ page }) => {
  const ticket = await visit(page);
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Приложить файлы" }).click();
  await (await chooser).setFiles([
    { name: "журнал ккт.log", mimeType: "text/plain", buffer: Buffer.from("08:00 чек 1\n") },
    { name: "чек.txt", mimeType: "text/plain", buffer: Buffer.from("пусто\n") },
    { name: "установка.exe", mimeType: "application/octet-stream", buffer: Buffer.from("MZ\x90\0") },
  ]);
  const files = page.getByRole("list", { name: "Файлы" });
  await expect(files.getByRole("listitem")).toHaveCount(3);
  const refused = files.getByRole("listitem").filter({ hasText: "установка.exe" });
  await expect(refused).toContainText(/\p{L}+ \p{L}+/u);
  await expect(refused.getByRole("button", { name: "Повторить" })).toBeVisible();
  await refused.getByRole("button", { name: "Убрать установка.exe" }).click();

  await reply(page).fill("Высылаем журнал и чек.");
  await sendIt(page).click();
  const sent = page.getByRole("article").filter({ hasText: "Высылаем журнал и чек." });
  await expect(sent.getByText("журнал ккт.log")).toBeVisible();
  await expect(sent.getByText("чек.txt")).toBeVisible();
  await expect(reply(page)).toHaveValue("");
  await expect(files).toHaveCount(0);
  const letter = await caught((l) => l.text.includes("Высылаем журнал и чек.") && header(l, "Subject").includes(ticket.ref));
  expect(letter.parts.map((part) => part.name)).toEqual(expect.arrayContaining(["журнал ккт.log", "чек.txt"]));
});

test("drafts of a reply and of a note stay apart and survive a reload, here and on another machine", async ({ page, browser }) => {
  const ticket = await visit(page);
  const kept = (kind: string) =>
    page.waitForResponse((r) => r.request().method() === "PUT" && r.url().endsWith(`/tickets/${ticket.number}/drafts/${kind}`) && r.ok());
  const first = kept("reply");
  await reply(page).fill("Иван, посмотрели журнал:");
  await first;
  await page.keyboard.press("Escape");
  await page.keyboard.press("m");
  const second = kept("note");
  await note(page).fill("Похоже на прошивку 4.2");
  await second;

  await page.reload();
  await expect(reply(page)).toHaveValue("Иван, посмотрели журнал:");
  await page.getByRole("tab", { name: /Заметка/ }).click();
  await expect(note(page)).toHaveValue("Похоже на прошивку 4.2");

  const other = await browser.newContext();
  const there = await other.newPage();
  await signIn(there, maria, `/t/acme/tickets/${ticket.ref}`);
  await expect(reply(there)).toHaveValue("Иван, посмотрели журнал:");
  await other.close();
});

test("a resolved ticket is taken back by one press", async ({ page }) => {
  const ticket = await visit(page);
  await page.keyboard.press("e");
  const told = page.getByRole("status").filter({ hasText: `${ticket.ref} решена.` });
  await expect(told).toBeVisible();
  await expect.poll(async () => (await state(ticket.number)).category).toBe("resolved");
  await told.getByRole("button", { name: "Отменить" }).click();
  await expect.poll(async () => (await state(ticket.number)).category).toBe("open");
  await expect(page.getByRole("button", { name: /^Статус: Открыта/ })).toBeVisible();
});

test("a reply is taken back while it is held, text and all", async ({ page }) => {
  const ticket = await visit(page);
  await reply(page).fill("Это уйти не должно.");
  await sendIt(page).click();
  await expect(page.getByText(/уйдёт через \d+ с/)).toBeVisible();
  await page.getByRole("button", { name: "Отменить", exact: true }).click();
  await expect(reply(page)).toHaveValue("Это уйти не должно.");
  await expect(page.getByRole("article").filter({ hasText: "Это уйти не должно." })).toHaveCount(0);
  expect(ticket.ref).toMatch(/^ACME-/);
});

test("a letter that came back is shown on the ticket and goes again", async ({ page }) => {
  test.setTimeout(120_000);
  const ticket = await visit(page);
  const words = `Проверьте ленту, ${ticket.ref}.`;
  await reply(page).fill(words);
  await sendIt(page).click();
  const letter = await caught((l) => l.text.includes(words));
  const to = mailbox(header(letter, "To"));
  await send({
    from: "mailer-daemon@mx.example.com",
    name: "Mail Delivery System",
    to: "support@acme.example",
    subject: "Mail delivery failed: returning message to sender",
    id: `${ticket.number}.bounce@mx.example.com`,
    text: `This message was created automatically by mail delivery software.\n\n  ${to}\n    550 5.1.1 no such user\n\nMessage-ID: ${header(letter, "Message-Id")}\n`,
  });
  await expect(page.getByRole("alert").filter({ hasText: "Письмо клиенту вернулось." })).toBeVisible({ timeout: 30_000 });
  await page.getByRole("article").filter({ hasText: words }).getByRole("button", { name: "Отправить ещё раз" }).click();
  await expect(page.getByText("Отправляем ещё раз.")).toBeVisible();
  await caught((l) => l.text.includes(words) && l.mail.id !== letter.mail.id);
  await expect(page.getByRole("alert").filter({ hasText: "Письмо клиенту вернулось." })).toHaveCount(0);
});

async function state(number: number): Promise<{ category: string }> {
  const { status } = await ask<{ status: { category: string } }>(maria, `/v1/tenants/acme/tickets/${number}`);
  return status;
}

test("what one writes, another sees being written", async ({ page, browser }) => {
  const ticket = await visit(page);
  const other = await browser.newContext({ baseURL: origin });
  const there = await other.newPage();
  await signIn(there, "vera@linia.example", `/t/acme/tickets/${ticket.ref}`);
  await expect(there.getByRole("heading", { name: ticket.subject })).toBeVisible();
  await reply(page).pressSequentially("Пишу ответ");
  await expect(there.getByText(new RegExp(`${staff(maria).name} отвечает, ещё \\d+ с`))).toBeVisible();
  await other.close();
});
