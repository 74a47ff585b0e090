import { expect, test } from "@playwright/test";
import { expectAccessible } from "../../axe.ts";
import { portal, visitPortal } from "../../people.ts";

const looks = [
  { language: "ru", theme: "light", tenant: "acme", client: "ivan.petrov@tc-yug.example", width: 390 },
  { language: "ru", theme: "dark", tenant: "lis", client: "natalya.orlova@pf4.example", width: 1280 },
  { language: "en", theme: "light", tenant: "nrd", client: "jonas.brandt@ham.nordlicht.example", width: 390 },
  { language: "en", theme: "dark", tenant: "nrd", client: "karin.wolff@bre.nordlicht.example", width: 1280 },
] as const;

for (const look of looks) {
  test(`every screen of the portal is accessible: ${look.language}, ${look.theme}, ${look.width} px`, async ({ browser }) => {
    test.setTimeout(240_000);
    const context = await browser.newContext({
      viewport: { width: look.width, height: 844 },
      colorScheme: look.theme,
      locale: look.language,
      reducedMotion: "reduce",
    });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on("pageerror", (e) => faults.push(e.message));
    page.on("console", (m) => m.text().includes("Content Security Policy") && faults.push(m.text()));
    const site = portal(look.tenant);
    await page.goto(`${site}/sign-in`);
    await expect(page.getByRole("main")).toBeVisible();
    await expectAccessible(page);

    await visitPortal(page, look.tenant, look.client);
    const requests = await page.evaluate(
      async (path) => (await (await fetch(path)).json()) as { items: { ref: string }[] },
      `/v1/portal/${look.tenant}/requests?state=all`,
    );
    const paths = ["/", "/new", "/requests", "/me", ...requests.items.slice(0, 2).map((r) => `/requests/${encodeURIComponent(r.ref)}`)];
    for (const path of paths) {
      await page.goto(site + path);
      await expect(page.getByRole("main")).toBeVisible();
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expectAccessible(page);
      const overflows = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1);
      expect(overflows, `${path} scrolls sideways`).toBe(false);
    }
    expect(faults).toEqual([]);
    await context.close();
  });
}

test("a client files a request on a phone, and it is there", async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: "ru", hasTouch: true, isMobile: true });
  const page = await context.newPage();
  await visitPortal(page, "acme", "nina.osipova@vokzal.example");
  await page
    .getByRole("link", { name: "Создать заявку" })
    .or(page.getByRole("button", { name: "Создать заявку" }))
    .first()
    .click();
  await page.getByText("Вопрос", { exact: true }).click();
  const subject = `Как закрыть смену ${Date.now().toString(36)}`;
  await page.getByLabel(/Что случилось/).fill(subject);
  await page.getByLabel(/Подробнее/).fill("Смена не закрывается, пишет «чек не напечатан».");
  await page.getByRole("button", { name: /Отправить/ }).click();
  await expect(page.getByText(/ACME-\d+/).first()).toBeVisible({ timeout: 20_000 });
  await page.goto(`${portal("acme")}/requests`);
  await expect(page.getByText(subject)).toBeVisible();
  await context.close();
});
