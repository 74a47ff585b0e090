import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import { anAddress } from "./test.ts";

interface People {
  password: string;
  staff: { name: string; email: string; role: string; tenants: string[]; api_key: string }[];
  clients: { name: string; email: string; tenant: string; manager: boolean }[];
  tenants: { slug: string; code: string; name: string; mail: string }[];
}

/** The demo's people, as `manydesk demo --json` prints them. */
export const people = JSON.parse(readFileSync(process.env.MANYDESK_PEOPLE ?? "people.json", "utf8")) as People;

export const origin = process.env.MANYDESK_ORIGIN ?? "http://localhost:8080";

/** A tenant's portal. */
export const portal = (slug: string) => origin.replace("//", `//${slug}.`);

export function staff(email: string) {
  const found = people.staff.find((p) => p.email === email);
  if (!found) throw new Error(`${email} is not in the demo`);
  return found;
}

/** Asks the API by a person's own key. */
export async function ask<T>(email: string, path: string): Promise<T> {
  const answer = await fetch(origin + path, { headers: { Authorization: `Bearer ${staff(email).api_key}` } });
  expect(answer.status, path).toBe(200);
  return (await answer.json()) as T;
}

/** Makes something by a person's own key. */
export async function make<T>(email: string, path: string, body: unknown): Promise<T> {
  const answer = await fetch(origin + path, {
    method: "POST",
    headers: { Authorization: `Bearer ${staff(email).api_key}`, "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  expect(answer.ok, `${path} → ${text}`).toBe(true);
  return (text ? JSON.parse(text) : undefined) as T;
}

let made = 0;

/** A ticket of its own for a test, opened through the API. */
export async function openTicket(
  email: string,
  tenant: string,
  more: object = {},
): Promise<{ ref: string; number: number; subject: string }> {
  made += 1;
  const mark = `${Date.now().toString(36)}${made}`;
  const contact = { email: `client-${mark}@example.com`, name: "Пётр Ильин" };
  return make(email, `/v1/tenants/${tenant}/tickets`, {
    subject: `Касса не печатает чек ${mark}`,
    text: { format: "plain", body: "После обновления печатает пустые чеки." },
    contact,
    type: "question",
    ...more,
  });
}

/** Signs in to the console and leaves the person on the queue, or where they want to be. */
export async function signIn(page: Page, email: string, path = "/q"): Promise<void> {
  await letIn(page, email);
  await visit(page, origin + path);
}

/** Goes to a page of the console and waits until it is drawn: before that it hears no keys. */
export async function visit(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole("main").waitFor();
}

const sessions = new Map<string, Promise<{ name: string; value: string }>>();

/** Gives the browser a session of the person's; made once in a worker, since sign-ins are counted. */
export async function letIn(page: Page, email: string): Promise<void> {
  const session = sessions.get(email) ?? begin(email, people.password);
  sessions.set(email, session);
  await page.context().addCookies([{ ...(await session), url: origin, httpOnly: true, sameSite: "Lax" }]);
}

/** A new session of anybody who signs in by a password alone. */
export async function begin(email: string, password: string): Promise<{ name: string; value: string }> {
  const answer = await fetch(`${origin}/v1/session`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Forwarded-For": anAddress() },
    body: JSON.stringify({ email, password }),
  });
  expect(answer.status, email).toBe(201);
  const [name = "", value = ""] = (answer.headers.getSetCookie()[0] ?? "").split(";")[0]?.split("=") ?? [];
  return { name, value };
}

/** Signs a client in to a portal. */
export async function visitPortal(page: Page, slug: string, email: string): Promise<void> {
  await enter(page, portal(slug), `/v1/portal/${slug}/session`, { email, password: people.password });
  await page.goto(`${portal(slug)}/`);
}

async function enter(page: Page, site: string, path: string, body: unknown): Promise<void> {
  await page.goto(`${site}/sign-in`);
  const status = await page.evaluate(
    async ([to, data]) =>
      (await fetch(to as string, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(data) })).status,
    [path, body] as const,
  );
  expect(status).toBe(201);
}

/** Chooses the person's language and theme, which are theirs and not the browser's. */
export async function prefer(page: Page, language: "ru" | "en", theme: "light" | "dark"): Promise<void> {
  const change = () =>
    page.evaluate(
      async ([l, t]) => {
        const me = await fetch("/v1/me");
        const { prefs } = (await me.clone().json()) as { prefs: object };
        const answer = await fetch("/v1/me", {
          method: "PATCH",
          headers: { "Content-Type": "application/json", "If-Match": me.headers.get("ETag") ?? "" },
          body: JSON.stringify({ language: l, prefs: { ...prefs, theme: t } }),
        });
        return answer.status;
      },
      [language, theme] as const,
    );
  // Another test may be the same person at the same moment.
  let status = await change();
  for (let again = 0; status === 412 && again < 5; again += 1) status = await change();
  expect(status).toBe(200);
}
