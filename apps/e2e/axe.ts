import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, type Page } from "@playwright/test";
import type { AxeResults } from "axe-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];

/** The only rules that a change of theme can break. */
const colours = ["color-contrast", "link-in-text-block"];

/**
 * Expects no violation of WCAG 2.2 AA or of good practice on the page as it stands. `within`
 * narrows it to one element. The script is put in by the debugger, so the site's policy stays on.
 */
export async function expectAccessible(page: Page, within?: string, name = "the page", only?: string[]): Promise<void> {
  // Once a document: half a megabyte of script is not read for each look of a screen.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(source);
  const result = await page.evaluate(
    async ([runOnly, scope]) => {
      const axe = (window as unknown as { axe: { run(context: unknown, options: unknown): Promise<AxeResults> } }).axe;
      return axe.run(scope ?? document, { runOnly, resultTypes: ["violations"] });
    },
    [only ? { type: "rule", values: only } : { type: "tag", values: rules }, within] as const,
  );
  const found = result.violations.map((v) => ({
    rule: v.id,
    help: v.help,
    where: v.nodes.slice(0, 5).map((n) => `${n.target.join(" ")} — ${n.failureSummary?.split("\n")[1]?.trim() ?? ""}`),
  }));
  expect.soft(found, name).toEqual([]);
}

/** What a change of theme can break, in the look that the browser's person prefers: the portal has no other switch. */
export async function expectAccessibleColours(page: Page, scheme: "light" | "dark", name: string): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme });
  await expectAccessible(page, undefined, `${name}, ${scheme}`, colours);
}

/** The same in the light look, and what depends on colours in the dark one, without loading the page again. */
export async function expectAccessibleInBothThemes(page: Page, name: string, within?: string): Promise<void> {
  await page.emulateMedia({ reducedMotion: "reduce" });
  const show = (theme: string) => page.evaluate((look) => document.documentElement.setAttribute("data-theme", look), theme);
  const before = (await page.locator("html").getAttribute("data-theme")) ?? "light";
  await show("light");
  await expectAccessible(page, within, `${name}, light`);
  await show("dark");
  await expectAccessible(page, within, `${name}, dark`, colours);
  await show(before);
}
