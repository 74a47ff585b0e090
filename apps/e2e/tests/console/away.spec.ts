import { expect } from "@playwright/test";
import { expectAccessibleInBothThemes } from "../../axe.ts";
import { maker } from "../../clock.ts";
import { openTicket, origin } from "../../people.ts";
import { assignee, give, openSome, sharedTenant } from "../../route.ts";
import { test } from "../../test.ts";

test("кого не будет, говорит об этом клавишами: заявки уходят по правилам, на каждой странице видно, можно вернуться", async ({ page }) => {
  const { slug, me, other } = await sharedTenant("ru");
  const [ticket] = await openSome(slug, ["Молчит датчик"]);
  if (!ticket) throw new Error("no ticket");
  await give(slug, [ticket.ref], me.id);
  await me.open(page, `${origin}/q?scope=${slug}`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();

  await page.keyboard.press("g");
  await page.keyboard.press("a");
  const dialog = page.getByRole("dialog", { name: "Меня не будет" });
  await expect(dialog).toContainText("уйдут другим по правилам");
  await expectAccessibleInBothThemes(page, "away until when", "[role=dialog]");
  await dialog.getByLabel("До какого времени").press("Enter");
  await expect(dialog.getByText("Скажите, до какого времени.")).toBeVisible();
  await dialog.getByRole("button", { name: /^Через час/ }).press("Enter");
  await dialog.getByRole("button", { name: "Меня не будет" }).press("Enter");
  await expect(dialog).toHaveCount(0);
  const banner = page.getByRole("status").filter({ hasText: /^Вас нет до / });
  await expect(banner).toBeVisible();
  await expectAccessibleInBothThemes(page, "the queue of who is away");
  await expect.poll(() => assignee(slug, ticket.number), { timeout: 30_000 }).toBe(other.name);

  // The ticket tells why; what comes now goes to who is here.
  await page.goto(`${origin}/t/${slug}/tickets/${ticket.ref}?why=true`);
  await expect(page.getByText("Распределена заново: ответственный отсутствует").first()).toBeVisible();
  await expect(banner).toBeVisible();
  const late = await openTicket(maker, slug, { subject: "Датчик молчит и здесь" });
  expect(await assignee(slug, late.number)).toBe(other.name);
  await page.keyboard.press("Escape");

  await banner.getByRole("button", { name: "Я снова здесь" }).press("Enter");
  await expect(banner).toHaveCount(0);
  await expect(page.getByText("Вы снова здесь. То, что ушло другим, остаётся у них.")).toBeVisible();
  expect(await assignee(slug, ticket.number)).toBe(other.name);
  // Both are taken back by the same key.
  await page.keyboard.press("Control+z");
  await expect(banner).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(banner).toHaveCount(0);
});

test("in English: away and back from the person’s own menu; the load shows it to the others", async ({ page }) => {
  const { slug, me } = await sharedTenant("en");
  await me.open(page, `${origin}/t/${slug}/settings/team`);
  const row = page.getByRole("row").filter({ hasText: me.name });
  await expect(row).toContainText("on shift");
  const menu = page.getByRole("button", { name: `Me: ${me.name}` });
  await menu.press("Enter");
  await page.getByRole("menuitem", { name: "I am away until…" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: "I am away" });
  await dialog.getByRole("button", { name: /^Tomorrow morning/ }).press("Enter");
  await dialog.getByRole("button", { name: "I am away" }).press("Enter");
  await expect(page.getByText(/^You are away until .*: the rules give tickets to others\.$/)).toBeVisible();
  await expect(row).toContainText("absent until");
  await page.reload();
  await expect(page.getByRole("button", { name: "I am back" })).toBeVisible();
  await menu.press("Enter");
  await page.getByRole("menuitem", { name: "I am back" }).press("Enter");
  await expect(page.getByText("You are back. What went to others stays with them.")).toBeVisible();
  await expect(row).toContainText("on shift");
});
