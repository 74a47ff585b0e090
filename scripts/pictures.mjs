// Takes the README's pictures from a running demo: MANYDESK_ORIGIN is the
// console, MANYDESK_PEOPLE the file with the demo's people. Called by
// screenshots.sh. Writes docs/pictures.
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { chromium } from "@playwright/test";

const origin = process.env.MANYDESK_ORIGIN;
const people = JSON.parse(readFileSync(process.env.MANYDESK_PEOPLE, "utf8"));
const folder = "docs/pictures";
mkdirSync(folder, { recursive: true });

const browser = await chromium.launch({
  executablePath: [process.env.CHROMIUM, "/usr/bin/chromium-headless-shell", "/usr/bin/chromium"].find((path) => path && existsSync(path)),
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-dev-shm-usage"],
});

const agent = people.staff.find((p) => p.tenants.length > 1) ?? people.staff[0];
const client = people.clients[0];
const portal = origin.replace("//", `//${client.tenant}.`);

for (const [locale, suffix] of [["en-US", ""], ["ru-RU", ".ru"]]) {
  const desk = await visit(locale, { width: 1440, height: 900 });
  await signIn(desk, origin, "/v1/session", { email: agent.email, password: people.password });
  await patch(desk, origin, "/v1/me", { language: locale.slice(0, 2) });
  await desk.goto(`${origin}/q`);
  await settled(desk);
  await desk.screenshot({ path: `${folder}/queue${suffix}.png` });
  const { items } = await (await desk.request.get(`${origin}/v1/queue?scope=all&view=all`)).json();
  const row = items.find((r) => r.client_waits) ?? items[0];
  await desk.goto(`${origin}/t/${row.tenant}/tickets/${row.ref}`);
  await settled(desk);
  await desk.screenshot({ path: `${folder}/ticket${suffix}.png` });
  await desk.context().close();

  const phone = await visit(locale, { width: 1100, height: 800 });
  await signIn(phone, portal, `/v1/portal/${client.tenant}/session`, { email: client.email, password: people.password });
  await phone.goto(`${portal}/`);
  await settled(phone);
  await phone.screenshot({ path: `${folder}/portal${suffix}.png` });
  await phone.context().close();
}
await browser.close();

async function visit(locale, viewport) {
  const context = await browser.newContext({ locale, viewport, timezoneId: "Europe/Moscow", reducedMotion: "reduce" });
  return await context.newPage();
}

/** Asked by the browser itself: only it knows that every name under localhost is this machine. */
async function signIn(page, site, path, data) {
  await page.goto(`${site}/sign-in`);
  const status = await page.evaluate(
    async ([to, body]) => (await fetch(to, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) })).status,
    [path, data],
  );
  if (status !== 201) throw new Error(`sign in at ${site}: ${status}`);
}

/** The person's language is theirs, not the browser's. */
async function patch(page, site, path, data) {
  const now = await page.request.get(site + path);
  const headers = { Origin: site, "If-Match": now.headers().etag ?? "*" };
  const answer = await page.request.patch(site + path, { data, headers });
  if (!answer.ok()) throw new Error(`change ${path}: ${answer.status()} ${await answer.text()}`);
}

/** Until the page has its heading and its fonts, and nothing is loading. */
async function settled(page) {
  await page.locator("h1").first().waitFor();
  await page.waitForFunction(() => document.fonts.status === "loaded" && !document.querySelector("[aria-busy=true]"));
}
