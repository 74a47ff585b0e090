import { type Browser, expect } from "@playwright/test";
import { expectAccessible, expectAccessibleColours } from "../../axe.ts";
import { newest } from "../../mail.ts";
import { origin, people, portal, visitPortal } from "../../people.ts";
import { test } from "../../test.ts";
import {
  act,
  expectNoSidewaysScroll,
  filed,
  type Look,
  letterIn,
  openPage,
  requestPath,
  scriptOf,
  settled,
  starsByMail,
} from "./client.ts";

// Each walk is measured wholly in its own look; colours in the other theme and the
// width of a phone are looked at on the same pages.
const looks = [
  { language: "ru", theme: "light", width: 390, tenant: "acme", client: "ivan.petrov@tc-yug.example", agent: "maria@linia.example" },
  { language: "en", theme: "dark", width: 1280, tenant: "nrd", client: "jonas.brandt@ham.nordlicht.example", agent: "tom@linia.example" },
] as const;

/** What a page may load of script before anybody touches it, in KB of gzip. */
const budget = 120;

for (const look of looks) {
  test(`every screen of the portal is accessible: ${look.language}, both themes and widths`, async ({ browser }) => {
    test.setTimeout(180_000);
    const { page, context, faults } = await openPage(browser, look);
    const site = portal(look.tenant);
    const measured = async (name: string) => {
      await test.step(name, async () => {
        await settled(page);
        await expect(page.locator("html")).toHaveAttribute("lang", look.language);
        await expectAccessible(page, undefined, `${name}, ${look.theme}`);
        await expectAccessibleColours(page, look.theme === "light" ? "dark" : "light", name);
        await page.emulateMedia({ colorScheme: look.theme });
        for (const width of [look.width === 390 ? 1280 : 390, look.width]) {
          await page.setViewportSize({ width, height: 844 });
          await expectNoSidewaysScroll(page);
        }
        expect(await scriptOf(page), `KB of script of ${name}`).toBeLessThanOrEqual(budget);
      });
    };

    await page.goto(`${site}/requests`);
    await expect(page).toHaveURL(/sign-in\?to=/);
    await measured("sign-in by letter");
    const before = await newest();
    await page.getByLabel(/Электронная почта|E-mail/).fill(look.client);
    await page.getByRole("button", { name: /Получить письмо|Get the letter/ }).click();
    await expect(page.getByLabel(/Код из письма|Code from the letter/)).toBeFocused();
    await measured("sign-in by code");
    await page.getByRole("button", { name: /Войти с паролем|Sign in with a password/ }).click();
    await measured("sign-in by password");
    await page.goto((await letterIn(look.client, before)).link);
    await measured("sign-in by link");
    await page.getByRole("button", { name: /^(Войти|Sign in)$/ }).click();
    await expect(page).not.toHaveURL(/sign-in/);
    await measured("home");

    for (const [name, path] of [
      ["new request", "/new"],
      ["requests", "/requests"],
      ["company", "/company"],
      ["profile", "/me"],
      ["nothing here", "/nowhere"],
      ["no such request", "/requests/NONE-99999"],
      ["an old rating", `/rate/${"x".repeat(60)}`],
    ] as const) {
      await page.goto(site + path);
      await measured(name);
    }

    const made = await filed(page, look.tenant);
    const until = new Date(Date.now() + 86_400_000).toISOString();
    for (const [state, move] of [
      ["received", null],
      ["in work", { to: "in_progress" }],
      ["waiting", { to: "pending", until, comment: "When did it begin?" }],
      ["resolved", { to: "resolved", comment: "Solved." }],
      ["closed", { to: "closed", comment: "Done." }],
    ] as const) {
      if (move) await act(look.agent, `/v1/tenants/${look.tenant}/tickets/${made.number}`, "PUT", "/status", () => move);
      await page.goto(requestPath(look.tenant, made.ref));
      await measured(`request ${state}`);
    }
    await page.goto(await starsByMail(look.tenant, look.agent));
    await expect(page.getByRole("radio", { name: /^5/ })).toBeChecked();
    await measured("rating");
    await page.goto(origin.replace("//", "//nobody."));
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("404");
    await expectAccessible(page);
    expect(faults).toEqual([]);
    await context.close();
  });
}

test("a suspended tenant's portal says so, at once and in every look", async ({ browser }) => {
  test.setTimeout(120_000);
  // A client each: the language is the person's.
  const clients = people.clients.filter((c) => c.tenant === "vek");
  const pages = await Promise.all(looks.map((look, i) => signedIn(browser, look, clients[i]?.email ?? "")));
  await withSuspended("vek", async () => {
    for (const [i, { page }] of pages.entries()) {
      const said = page.getByText(looks[i]?.language === "ru" ? /Поддержка приостановлена/ : /Support is suspended/);
      await expect(said).toBeVisible();
      await expectAccessible(page);
      await page.goto("about:blank");
      await page.context().clearCookies();
      await page.goto(`${portal("vek")}/sign-in`);
      await expect(said.first()).toBeVisible();
      await expect(page.getByRole("textbox")).toHaveCount(0);
      await expectAccessible(page);
      await expectNoSidewaysScroll(page);
    }
  });
  for (const { page, context, faults } of pages) {
    await page.reload();
    await expect(page.getByRole("textbox")).toBeVisible();
    expect(faults).toEqual([]);
    await context.close();
  }
});

async function signedIn(browser: Browser, look: Look, client: string) {
  const opened = await openPage(browser, look);
  await visitPortal(opened.page, "vek", client);
  const status = await opened.page.evaluate(
    async ([path, language]) =>
      (
        await fetch(path as string, {
          method: "PATCH",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify({ language }),
        })
      ).status,
    ["/v1/portal/vek/me", look.language],
  );
  expect(status).toBe(200);
  await opened.page.reload();
  await settled(opened.page);
  return opened;
}

/** Suspends a tenant as the installation's owner does, and takes it back whatever happens. */
async function withSuspended(slug: string, work: () => Promise<void>): Promise<void> {
  const body = (data: unknown) => ({ headers: { "Content-Type": "application/json" }, body: JSON.stringify(data) });
  const opened = await fetch(`${origin}/v1/session`, {
    method: "POST",
    ...body({ email: "vera@linia.example", password: people.password }),
  });
  const cookie = opened.headers.get("set-cookie")?.split(";")[0] ?? "";
  const set = async (method: string, data?: unknown) => {
    const given = data === undefined ? { headers: {} } : body(data);
    const answer = await fetch(`${origin}/v1/tenants/${slug}/suspension`, {
      ...given,
      method,
      headers: { ...given.headers, Cookie: cookie, Origin: origin },
    });
    expect(answer.status, await answer.text()).toBeLessThan(300);
  };
  await set("PUT", { reason: "unpaid" });
  try {
    await work();
  } finally {
    await set("DELETE");
  }
}
