import { expect, test } from "@playwright/test";
import { expectAccessible } from "../../axe.ts";
import { ask, origin, prefer, signIn } from "../../people.ts";

/** Each look has people of its own, because language and theme are a person's. */
const looks = [
  { language: "ru", theme: "light", agent: "maria@linia.example", owner: "owner@acme.example", tenant: "acme" },
  { language: "ru", theme: "dark", agent: "ira@linia.example", owner: "owner@romashka.example", tenant: "rom" },
  { language: "en", theme: "light", agent: "anton@linia.example", owner: "owner@nordlicht.example", tenant: "nrd" },
  { language: "en", theme: "dark", agent: "tom@linia.example", owner: "owner@lis.example", tenant: "lis" },
] as const;

const sections = ["members", "roles", "brand", "engagements", "audit", "mail"];

for (const look of looks) {
  test(`every screen of the console is accessible: ${look.language}, ${look.theme}`, async ({ page }) => {
    test.setTimeout(300_000);
    const faults: string[] = [];
    page.on("pageerror", (e) => faults.push(e.message));
    page.on("console", (m) => m.text().includes("Content Security Policy") && faults.push(m.text()));

    await page.goto(`${origin}/sign-in`);
    await expect(page.getByRole("button", { name: /^(Войти|Sign in)$/ })).toBeVisible();
    await expectAccessible(page);

    await signIn(page, look.agent);
    await prefer(page, look.language, look.theme);
    const { items } = await ask<{ items: { tenant: string; ref: string }[] }>(
      look.agent,
      `/v1/queue?scope=${look.tenant}&view=all&limit=1`,
    );
    const row = items[0];
    if (!row) throw new Error("the demo's queue is empty");
    for (const path of ["/q", `/t/${row.tenant}/tickets/${row.ref}`, "/new", "/me"]) {
      await page.goto(origin + path);
      await expect(page.locator("html")).toHaveAttribute("lang", look.language);
      await expect(page.locator("html")).toHaveAttribute("data-theme", look.theme);
      await expect(page.getByRole("main")).toBeVisible();
      await page.waitForLoadState("networkidle").catch(() => {}); // the live stream never rests
      await expectAccessible(page);
    }

    await page.context().clearCookies();
    await signIn(page, look.owner);
    await prefer(page, look.language, look.theme);
    for (const section of sections) {
      await page.goto(`${origin}/t/${look.tenant}/settings/${section}`);
      await expect(page.getByRole("main")).toBeVisible();
      await expect(
        page
          .getByRole("heading", { level: 1 })
          .or(page.getByRole("heading", { level: 2 }))
          .first(),
      ).toBeVisible();
      await expectAccessible(page);
    }
    expect(faults).toEqual([]);
  });
}

test("the queue is worked by keyboard with the Russian layout on", async ({ page }) => {
  await signIn(page, "oleg@linia.example");
  await expect(
    page
      .getByRole("link")
      .filter({ hasText: /P[1-4]/ })
      .first(),
  ).toBeVisible();
  const press = (code: string, key: string) =>
    page.evaluate(
      ([c, k]) => document.body.dispatchEvent(new KeyboardEvent("keydown", { code: c, key: k, bubbles: true, cancelable: true })),
      [code, key] as const,
    );
  await press("KeyJ", "о");
  await press("Enter", "Enter");
  await expect(page).toHaveURL(/\/t\/[a-z]+\/tickets\//);
});
