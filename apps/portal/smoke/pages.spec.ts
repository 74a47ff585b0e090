import { expect, test } from "@playwright/test";
import { expectAccessible } from "../../e2e/axe.ts";

const pages = [
  ["home", "/"],
  ["empty home", "/", "empty=on&company=off"],
  ["new request", "/new"],
  ["requests", "/requests"],
  ["no requests", "/requests", "empty=on"],
  ["waiting request", "/requests/LIS-2190"],
  ["request in work", "/requests/LIS-2231"],
  ["resolved request", "/requests/LIS-2204"],
  ["closed request", "/requests/LIS-2187"],
  ["no such request", "/requests/LIS-9999"],
  ["company", "/company"],
  ["company denied", "/company", "company=off"],
  ["profile", "/me"],
  ["nothing here", "/nowhere"],
  ["rating", "/rate/token?score=4", "session=off"],
  ["old rating", "/rate/old", "session=off"],
  ["sign-in", "/sign-in", "session=off"],
  ["sign-in by link", "/sign-in/token", "session=off"],
] as const;

for (const width of [390, 1280]) {
  for (const scheme of ["light", "dark"] as const) {
    for (const lang of ["ru", "en"]) {
      test(`nothing to complain of at ${width}, ${scheme}, ${lang}`, async ({ browser, baseURL }) => {
        test.setTimeout(240_000);
        const context = await browser.newContext({ baseURL, viewport: { width, height: 844 }, colorScheme: scheme });
        const page = await context.newPage();
        const faults: string[] = [];
        page.on("pageerror", (error) => faults.push(error.message));
        page.on("console", (said) => /Content Security|Refused to/.test(said.text()) && faults.push(said.text()));
        for (const [name, path, set] of pages) {
          await page.request.get(`/__world?lang=${lang}&${set ?? ""}`);
          await page.goto(path);
          await expect(page.locator("h1"), name).toHaveCount(1);
          await expect(page.getByRole("status").filter({ hasText: /Загружа|Loading/ }), name).toHaveCount(0);
          await test.step(name, () => expectAccessible(page));
          expect(
            await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
            `${name} is wider than the window`,
          ).toBeLessThanOrEqual(0);
        }
        await page.request.get(`/__world?lang=${lang}`);
        await page.request.get("/__fail?status=500");
        await page.goto("/requests");
        await expect(page.getByRole("alert").filter({ hasText: "k3v9q2m7xd" })).toBeVisible();
        await expectAccessible(page);
        expect(faults).toEqual([]);
        await context.close();
      });
    }
  }
}
