import { expect, test } from "@playwright/test";
import { caught, header, mailbox, send } from "../../mail.ts";
import { ask, portal, signIn } from "../../people.ts";

const maria = "maria@linia.example";

interface Summary {
  created: number;
  resolved: number;
  rated: number;
  open_now: number;
}
interface TicketView {
  ref: string;
  number: number;
  status: { category: string };
  rating: { score: number } | null;
}

/** One whole working day of an outsourced agent, on real SMTP. */
test("the day", async ({ page, browser }) => {
  test.setTimeout(240_000);
  const mark = Date.now().toString(36);
  const russian = { subject: `Не печатает касса ${mark}`, id: `ru.${mark}@tc-yug.example` };
  const english = { subject: `Label printer offline ${mark}`, id: `en.${mark}@ham.nordlicht.example` };
  // New people each time: nobody is sent more than three automatic letters in three hours.
  const ivan = `ivan.${mark}@tc-yug.example`;
  const jonas = `jonas.${mark}@ham.nordlicht.example`;
  const before = await ask<Summary>("owner@acme.example", "/v1/tenants/acme/summary");

  // Two clients of two customers write.
  await send({
    from: ivan,
    name: "Иван Петров",
    to: "support@acme.example",
    subject: russian.subject,
    text: "Здравствуйте! Касса № 3 печатает пустые чеки, журнал во вложении.",
    id: russian.id,
    file: { name: "журнал ккт.log", type: "text/plain", content: "08:00 чек 1 ок\n08:01 чек 2 пусто\n" },
  });
  await send({
    from: jonas,
    name: "Jonas Brandt",
    to: "servicedesk@nordlicht.example",
    subject: english.subject,
    text: "Hello, the label printer at gate 4 is offline. Trucks are waiting.",
    id: english.id,
  });

  // Both are in the queue of one agent.
  await signIn(page, maria);
  for (const subject of [russian.subject, english.subject]) {
    const acknowledged = await caught((l) => header(l, "Subject").includes(mark) && l.text.includes(subject));
    expect(header(acknowledged, "Auto-Submitted")).toMatch(/^auto-/);
  }
  await page.goto(`/q?view=all&filter=${encodeURIComponent(`"${mark}"`)}`);
  const row = (subject: string) => page.getByRole("link", { name: subject });
  await expect(row(russian.subject)).toBeVisible();
  await expect(row(english.subject)).toBeVisible();

  // She answers each in the right name, and the answers arrive with the right headers.
  const answerTo = async (subject: string, code: string, words: string, from: string, to: string, original: string) => {
    await page.goto(`/q?view=all&filter=${encodeURIComponent(`"${mark}"`)}`);
    await row(subject).focus();
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/tickets\//);
    await expect(page.getByRole("heading", { name: subject })).toBeVisible();
    const box = page.getByRole("textbox", { name: /Ответ/ });
    await box.fill(words);
    await page.getByRole("button", { name: new RegExp(`Отправить от ${code}`) }).click();
    const letter = await caught((l) => l.text.includes(words) && mailbox(header(l, "To")) === to);
    expect(mailbox(header(letter, "From"))).toBe(from);
    expect(header(letter, "References")).toContain(original);
    expect(header(letter, "In-Reply-To")).not.toBe("");
    expect(header(letter, "Auto-Submitted")).toBe("");
    return { letter, url: page.url() };
  };
  const ru = await answerTo(russian.subject, "ACME", `Иван, журнал получили, смотрим ${mark}.`, "support@acme.example", ivan, russian.id);
  const en = await answerTo(
    english.subject,
    "NRD",
    `Jonas, please print to PRN-02 meanwhile ${mark}.`,
    "servicedesk@nordlicht.example",
    jonas,
    english.id,
  );
  await page.goto(ru.url);
  await expect(page.getByText("журнал ккт.log")).toBeVisible();

  // The clients' replies join their tickets, live.
  const replies: [typeof ru, string, string, string][] = [
    [ru, ivan, "Иван Петров", `Заработало, спасибо ${mark}!`],
    [en, jonas, "Jonas Brandt", `That works, trucks are moving ${mark}.`],
  ];
  for (const [answer, from, name, text] of replies) {
    await page.goto(answer.url);
    await send({
      from,
      name,
      to: mailbox(header(answer.letter, "Reply-To")),
      subject: `Re: ${header(answer.letter, "Subject")}`,
      text,
      id: `${Math.random().toString(36).slice(2)}@client.example`,
      inReplyTo: header(answer.letter, "Message-ID"),
      references: header(answer.letter, "References"),
    });
    await expect(page.getByText(text).or(page.getByRole("button", { name: /новый ответ клиента/ }))).toBeVisible({ timeout: 30_000 });
    await page.reload();
    await expect(page.getByText(text)).toBeVisible();
  }

  // Resolved with a last word, and rated from the letter's link.
  await page.goto(ru.url);
  const number = Number(/-(\d+)/.exec(ru.url)?.[1]);
  await page.getByRole("button", { name: /^Решить/ }).click();
  await expect(page.getByRole("button", { name: /Решена/ }).first()).toBeVisible({ timeout: 20_000 });
  const solved = await caught(
    (l) => mailbox(header(l, "To")) === ivan && l.html.includes("score=") && header(l, "Subject").includes(`ACME-${number}`),
  );
  const link = /href="([^"]*\/rate\/[^"]*score=5[^"]*)"/.exec(solved.html)?.[1]?.replaceAll("&amp;", "&");
  expect(link).toBeTruthy();
  const phone = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "ru-RU", hasTouch: true, isMobile: true });
  const rater = await phone.newPage();
  expect(new URL(link as string).host).toBe(new URL(portal("acme")).host);
  await rater.goto(link as string);
  await expect(rater.getByRole("radio", { name: /^5/ })).toBeChecked();
  expect((await ask<TicketView>(maria, `/v1/tenants/acme/tickets/${number}`)).rating).toBeNull();
  await rater.getByRole("button", { name: "Отправить оценку" }).click();
  await expect.poll(async () => (await ask<TicketView>(maria, `/v1/tenants/acme/tickets/${number}`)).rating?.score).toBe(5);
  await phone.close();

  // The numbers agree everywhere.
  const after = await ask<Summary>("owner@acme.example", "/v1/tenants/acme/summary");
  expect(after.created - before.created).toBe(1);
  expect(after.resolved - before.resolved).toBe(1);
  expect(after.rated - before.rated).toBe(1);
  expect((await ask<TicketView>(maria, `/v1/tenants/acme/tickets/${number}`)).status.category).toBe("resolved");
  const counts = await ask<{ tenants: { slug: string; open: number }[] }>(maria, "/v1/queue/counts");
  expect(counts.tenants.find((t) => t.slug === "acme")?.open).toBe(after.open_now);
});
