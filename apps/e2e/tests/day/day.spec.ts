import { readFileSync } from "node:fs";
import { expect } from "@playwright/test";
import { caught, header, mailbox, send } from "../../mail.ts";
import { ask, portal, signIn } from "../../people.ts";
import { test } from "../../test.ts";

const maria = "maria@linia.example";

interface Summary {
  created: number;
  resolved: number;
  rated: number;
  open_now: number;
  by_type: { created: number; open_now: number }[];
  by_day: { created: number; resolved: number }[];
}
interface TicketView {
  ref: string;
  number: number;
  status: { category: string };
  rating: { score: number } | null;
}
interface Counts {
  views: { all: number };
  tenants: { slug: string; open: number }[];
}
interface Home {
  counts: { in_work: number; resolved: number; all: number };
}

const owners = { acme: "owner@acme.example", nrd: "owner@nordlicht.example" } as const;
type Slug = keyof typeof owners;
const summary = (slug: Slug) => ask<Summary>(owners[slug], `/v1/tenants/${slug}/summary`);
const sum = (numbers: number[]) => numbers.reduce((total, n) => total + n, 0);

/** One whole working day of an outsourced agent, on real SMTP. */
test("the day", async ({ page, browser }) => {
  test.setTimeout(240_000);
  const mark = Date.now().toString(36);
  const russian = { subject: `Не печатает касса ${mark}`, id: `ru.${mark}@tc-yug.example` };
  const english = { subject: `Label printer offline ${mark}`, id: `en.${mark}@ham.nordlicht.example` };
  // New people each time: nobody is sent more than three automatic letters in three hours.
  const ivan = `ivan.${mark}@tc-yug.example`;
  const jonas = `jonas.${mark}@ham.nordlicht.example`;
  const before = { acme: await summary("acme"), nrd: await summary("nrd") };
  const queue = await ask<Counts>(maria, "/v1/queue/counts");

  const log = "08:00 чек 1 ок\n08:01 чек 2 пусто\n";

  // Two clients of two customers write.
  await send({
    from: ivan,
    name: "Иван Петров",
    to: "support@acme.example",
    subject: russian.subject,
    text: "Здравствуйте! Касса № 3 печатает пустые чеки, журнал во вложении.",
    id: russian.id,
    file: { name: "журнал ккт.log", type: "text/plain", content: log },
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
    const ref = decodeURIComponent(page.url()).split("/").at(-1) ?? "";
    expect(mailbox(header(letter, "From"))).toBe(from);
    const references = header(letter, "References").match(/<[^>]+>/g) ?? [];
    expect(references).toContain(`<${original}>`);
    expect(references.at(-1)).toBe(header(letter, "In-Reply-To"));
    expect(header(letter, "Message-ID")).toMatch(/^<[^<>\s@]+@[^<>\s@]+>$/);
    expect(header(letter, "References")).not.toContain(header(letter, "Message-ID"));
    expect(mailbox(header(letter, "Reply-To")).split("@")[1]).toBe(from.split("@")[1]);
    expect(header(letter, "Subject")).toContain(ref);
    expect(header(letter, "Subject")).toContain(subject);
    expect(header(letter, "Auto-Submitted")).toBe("");
    return { letter, url: page.url(), number: Number(ref.split("-")[1]) };
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
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: /журнал ккт\.log/ }).click();
  expect(readFileSync(await (await download).path(), "utf8")).toBe(log);

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

  // Both are resolved, read on the portal and rated from the letter's link, which records nothing by itself.
  for (const [slug, answer, client, score] of [
    ["acme", ru, ivan, 5],
    ["nrd", en, jonas, 4],
  ] as const) {
    const ticket = `/v1/tenants/${slug}/tickets/${answer.number}`;
    await page.goto(answer.url);
    await page.getByRole("button", { name: /^Решить/ }).click();
    await expect(page.getByRole("button", { name: /Решена/ }).first()).toBeVisible({ timeout: 20_000 });
    const solved = await caught((l) => mailbox(header(l, "To")) === client && l.html.includes("score="));
    expect(header(solved, "Auto-Submitted")).toMatch(/^auto-/);
    const link = new RegExp(`href="([^"]*/rate/[^"]*score=${score}[^"]*)"`).exec(solved.html)?.[1]?.replaceAll("&amp;", "&") ?? "";
    expect(new URL(link).host).toBe(new URL(portal(slug)).host);

    const phone = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "ru-RU", hasTouch: true, isMobile: true });
    const rater = await phone.newPage();
    await rater.goto(link);
    await expect(rater.getByRole("radio", { name: new RegExp(`^${score}`) })).toBeChecked();
    expect((await ask<TicketView>(maria, ticket)).rating).toBeNull();
    await rater.getByRole("button", { name: /Отправить оценку|Send the rating|Send rating/ }).tap();
    await expect.poll(async () => (await ask<TicketView>(maria, ticket)).rating?.score).toBe(score);

    // The client's own portal, entered by the letter's code, counts the same.
    await rater.goto(`${portal(slug)}/sign-in`);
    await rater.getByLabel(/Электронная почта|E-mail/).fill(client);
    await rater.getByRole("button", { name: /Получить письмо|Get the letter/ }).tap();
    const code = await caught((l) => mailbox(header(l, "To")) === client && l.text.includes("/sign-in/"));
    await rater.getByLabel(/Код из письма|Code from the letter/).fill(/\d{3}\s?\d{3}/.exec(header(code, "Subject"))?.[0] ?? "");
    await expect(rater.getByRole("heading", { level: 1 })).toContainText(/Иван|Jonas/);
    const home = await rater.evaluate(async (path) => (await (await fetch(path)).json()) as Home, `/v1/portal/${slug}/home`);
    expect(home.counts).toEqual({ in_work: 0, resolved: 1, all: 1 });
    await rater.goto(`${portal(slug)}/requests/${encodeURIComponent((await ask<TicketView>(maria, ticket)).ref)}`);
    await expect(rater.getByText(mark).last()).toBeVisible();
    await expect(rater.getByText(new RegExp(`${score} (из|of) 5`)).first()).toBeVisible();
    expect((await ask<TicketView>(maria, ticket)).status.category).toBe("resolved");
    await phone.close();
  }

  // The numbers agree everywhere: the report with what happened, with itself, with the queue, with the list.
  const counts = await ask<Counts>(maria, "/v1/queue/counts");
  for (const slug of ["acme", "nrd"] as const) {
    const was = before[slug];
    const is = await summary(slug);
    expect([is.created - was.created, is.resolved - was.resolved, is.rated - was.rated]).toEqual([1, 1, 1]);
    expect(is.open_now).toBe(was.open_now);
    expect(sum(is.by_type.map((t) => t.created))).toBe(is.created);
    expect(sum(is.by_type.map((t) => t.open_now))).toBe(is.open_now);
    expect(sum(is.by_day.map((d) => d.created))).toBe(is.created);
    expect(sum(is.by_day.map((d) => d.resolved))).toBe(is.resolved);
    expect(counts.tenants.find((t) => t.slug === slug)?.open).toBe(is.open_now);
    const found = await ask<{ items: TicketView[] }>(maria, `/v1/tenants/${slug}/tickets?filter=${encodeURIComponent(`"${mark}"`)}`);
    expect(found.items.map((t) => [t.number, t.status.category])).toEqual([[slug === "acme" ? ru.number : en.number, "resolved"]]);
  }
  expect(counts.views.all).toBe(queue.views.all);
  expect(sum(counts.tenants.map((t) => t.open))).toBe(counts.views.all);
  const left = await ask<{ items: unknown[] }>(maria, `/v1/queue?view=all&filter=${encodeURIComponent(`"${mark}"`)}`);
  expect(left.items).toEqual([]);
});
