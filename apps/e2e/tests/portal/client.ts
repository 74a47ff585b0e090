import { gzipSync } from "node:zlib";
import { type Browser, type BrowserContext, expect, type Page } from "@playwright/test";
import { caught, header, mailbox, send } from "../../mail.ts";
import { ask, origin, people, portal, staff } from "../../people.ts";

export interface Look {
  language: "ru" | "en";
  theme: "light" | "dark";
  width: number;
}

/** A page in a look of its own, with everything that the browser complained of. */
export async function openPage(browser: Browser, look: Look): Promise<{ page: Page; context: BrowserContext; faults: string[] }> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: 844 },
    colorScheme: look.theme,
    locale: look.language,
    reducedMotion: "reduce",
    hasTouch: look.width < 500,
    isMobile: look.width < 500,
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (e) => faults.push(e.message));
  page.on("console", (m) => m.text().includes("Content Security Policy") && faults.push(m.text()));
  return { page, context, faults };
}

/** The page stands: its heading is there and nothing is still being fetched for it. */
export async function settled(page: Page): Promise<void> {
  await expect(page.getByRole("main")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: /Загружа|Loading/ })).toHaveCount(0);
}

export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
    `${page.url()} scrolls sideways`,
  ).toBeLessThanOrEqual(0);
}

const weights = new Map<string, number>();

/** How many KB of script, gzipped, the page has loaded until now; what it keeps for later counts when it comes. */
export async function scriptOf(page: Page): Promise<number> {
  const names = await page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .map((e) => e.name)
      .filter((name) => new URL(name).pathname.endsWith(".js")),
  );
  let total = 0;
  for (const name of new Set(names)) {
    if (!weights.has(name)) {
      const text = await page.evaluate(async (from) => (await fetch(from)).text(), name);
      weights.set(name, gzipSync(text, { level: 9 }).length);
    }
    total += weights.get(name) ?? 0;
  }
  return total / 1024;
}

interface Question {
  key: string;
  kind: string;
  choices?: { key: string }[];
}

/** Files a request as the page's own client, with an answer to every question of the first type. */
export async function filed(page: Page, slug: string): Promise<{ ref: string; number: number }> {
  const made = await page.evaluate(async (api) => {
    const { types } = (await (await fetch(`${api}/site`)).json()) as { types: { key: string; fields: Question[] }[] };
    const [type] = types;
    const plain: Record<string, unknown> = { number: 1, boolean: true, date: "2026-11-22" };
    const fields = Object.fromEntries((type?.fields ?? []).map((f) => [f.key, f.choices?.[0]?.key ?? plain[f.kind] ?? "1"]));
    const answer = await fetch(`${api}/requests`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID() },
      body: JSON.stringify({ subject: "Every state of a request", text: "As its client sees it.", type: type?.key, fields }),
    });
    return { status: answer.status, body: await answer.json() };
  }, `/v1/portal/${slug}`);
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return made.body;
}

interface Answer {
  version: number;
  seen: number;
}

/** What an agent does in a ticket by the API, with the ticket's version of this moment. */
export async function act(agent: string, ticket: string, method: string, path: string, body: (t: Answer) => unknown): Promise<void> {
  const now = await ask<Answer>(agent, ticket);
  const answer = await fetch(origin + ticket + path, {
    method,
    headers: {
      Authorization: `Bearer ${staff(agent).api_key}`,
      "Content-Type": "application/json",
      "Idempotency-Key": crypto.randomUUID(),
      "If-Match": `"v${now.version}"`,
    },
    body: JSON.stringify(body(now)),
  });
  expect(answer.ok, `${method} ${path}: ${answer.status} ${await answer.clone().text()}`).toBe(true);
}

/** A client's mail becomes a request, which an agent resolves: the letter about it has stars that lead to a page. */
export async function starsByMail(slug: string, agent: string): Promise<string> {
  const mark = crypto.randomUUID().slice(0, 8);
  const from = `guest.${mark}@client.example`;
  const to = people.tenants.find((t) => t.slug === slug)?.mail ?? "";
  await send({ from, name: "Анна Гость", to, subject: `Вопрос ${mark}`, text: "Как это сделать?", id: `${mark}@client.example` });
  const received = await caught((l) => mailbox(header(l, "To")) === from);
  const number = /-(\d+)/.exec(header(received, "Subject"))?.[1];
  await act(agent, `/v1/tenants/${slug}/tickets/${number}`, "PUT", "/status", () => ({ to: "resolved" }));
  return starsTo(from);
}

/** The link of the fifth star in the last letter to an address. */
export async function starsTo(address: string): Promise<string> {
  const letter = await caught((l) => mailbox(header(l, "To")) === address && l.html.includes("score="));
  const link = /href="([^"]*\/rate\/[^"]*score=5[^"]*)"/.exec(letter.html)?.[1]?.replaceAll("&amp;", "&");
  if (!link) throw new Error("the letter has no stars");
  return link;
}

/** The letter that lets a client in: its code and its link. */
export async function letterIn(address: string, since: number): Promise<{ code: string; link: string }> {
  const letter = await caught((l) => l.mail.id > since && mailbox(header(l, "To")) === address && /\/sign-in\//.test(l.text));
  const code = /^\D*(\d{3}\s?\d{3})/.exec(header(letter, "Subject"))?.[1];
  const link = /https?:\S+\/sign-in\/\S+/.exec(letter.text)?.[0];
  if (!code || !link) throw new Error("the letter lets nobody in");
  return { code, link };
}

export const requestPath = (slug: string, ref: string) => `${portal(slug)}/requests/${encodeURIComponent(ref)}`;
