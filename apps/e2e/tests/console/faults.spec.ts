import { expect, type Page } from "@playwright/test";
import { expectAccessible, expectAccessibleInBothThemes } from "../../axe.ts";
import { change, maker } from "../../clock.ts";
import { ask, make, openTicket, origin } from "../../people.ts";
import { assignee, give, openSome, publishRules, routedTenant, sharedTenant } from "../../route.ts";
import { test } from "../../test.ts";

const settings = (slug: string) => `${origin}/t/${slug}/settings/routing`;
const sensor = { field: "subject", op: "contains", value: "датчик" };

/** How a newcomer stands in the load of a tenant, as the server says. */
async function standing(slug: string, name: string) {
  const { items } = await ask<{ items: { person: { name: string }; on_shift: boolean; absent_until: string | null }[] }>(
    maker,
    `/v1/tenants/${slug}/load`,
  );
  return items.find((one) => one.person.name === name);
}

test("правило, которое отдаёт тому, кого больше нет: видно в списке, пропускается, и заявка говорит почему", async ({ page }) => {
  const { slug, me } = await routedTenant("ru");
  const vendor = await make<{ id: string }>(maker, `/v1/tenants/${slug}/vendors`, { name: "Холод-Сервис" });
  const rule = { key: "cold", name: { ru: "Холод", en: "Cold" }, when: sensor, then: { group: "service", vendor: vendor.id }, stop: true };
  const other = {
    key: "rest",
    name: { ru: "Прочее", en: "Rest" },
    when: { ...sensor, value: "касса" },
    then: { group: "service" },
    stop: true,
  };
  await publishRules(slug, [rule, other], "common");
  await change(maker, "PATCH", `/v1/tenants/${slug}/vendors/${vendor.id}`, { ended: true });
  await me.open(page, settings(slug));
  const list = page.getByRole("list", { name: "Правила по порядку" });
  const line = list.getByRole("listitem").filter({ has: page.getByRole("button", { name: "Правило 1: Холод" }) });
  await expect(line).toContainText("«Холод-Сервис» больше не работает с вами");
  await expectAccessibleInBothThemes(page, "a rule that names who is gone");

  // It stays said while something else is drafted, and goes when the rule is mended.
  await page.getByRole("button", { name: "Правило 2: Прочее" }).press("Enter");
  await page.getByRole("checkbox", { name: "Остановиться на этом правиле" }).press("Space");
  await expect(page.getByText("изменено")).toBeVisible();
  await expect(line).toContainText("«Холод-Сервис» больше не работает с вами");

  // A group that is named is not taken away: it is said where it is used.
  await page.goto(`${origin}/t/${slug}/settings/team`);
  await page.getByRole("tab", { name: "Группы" }).press("Enter");
  await page.getByRole("button", { name: "Изменить группу: Сервис" }).press("Enter");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Убрать группу" }).press("Enter");
  await expect(dialog.getByRole("alert")).toContainText("Холод");

  const ticket = await openTicket(maker, slug, { subject: "Датчик холода молчит" });
  await page.goto(`${origin}/t/${slug}/tickets/${ticket.ref}?why=true`);
  const why = page.getByRole("dialog", { name: "Почему так" }).getByRole("region", { name: "Почему здесь" });
  await expect(why).toContainText("Правило пропущено");
  await expect(why.getByRole("region", { name: "Куда" })).toContainText("Общая");
});

test("in English: publishing what puts a group over its limit is asked once more", async ({ page }) => {
  const { slug, me } = await routedTenant("en");
  await change(maker, "PUT", `/v1/tenants/${slug}/groups/service`, {
    spec: { name: { ru: "Сервис", en: "Service" }, limit: 1 },
    members: [me.id],
  });
  await publishRules(slug, [], "common");
  await openSome(slug, ["Датчик один", "Датчик два", "Датчик три"]);
  await change(maker, "PATCH", `/v1/tenants/${slug}/routing/draft`, {
    spec: {
      rules: [{ key: "sensors", name: { ru: "Датчики", en: "Sensors" }, when: sensor, then: { group: "service" }, stop: true }],
      default: { group: "common" },
    },
  });
  await me.open(page, settings(slug));
  await expect(page.getByRole("region", { name: "Run", exact: true }).getByRole("status")).toContainText(/3\s*change/);
  await page.getByRole("button", { name: "Publish" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: "Publish the routing?" });
  const over = dialog.getByRole("checkbox", { name: /Service.*3.*1/ });
  await expect(over).toBeVisible();
  await expectAccessible(page, "[role=dialog]", "over the limit");
  await dialog.getByRole("button", { name: "Publish" }).press("Enter");
  await expect(dialog.getByRole("alert")).toHaveText("Confirm that the load above the limit is all right.");
  const live = async () => (await ask<{ version: number }>(maker, `/v1/tenants/${slug}/routing`)).version;
  expect(await live()).toBe(1);
  await over.press("Space");
  await dialog.getByRole("button", { name: "Publish" }).press("Enter");
  await expect(page.getByText(/^version 2$/)).toBeVisible();
  expect(await live()).toBe(2);
});

test("диспетчер даёт сверх обычного и видит это; заявки отсутствующего передаёт по правилам", async ({ page }) => {
  const { slug, me, other } = await sharedTenant("ru");
  const { items } = await ask<{ items: { id: string; version: number }[] }>(maker, `/v1/tenants/${slug}/members`);
  await change(
    maker,
    "PATCH",
    `/v1/tenants/${slug}/members/${other.id}`,
    { capacity: 1 },
    items.find((one) => one.id === other.id)?.version,
  );
  await change(maker, "PUT", `/v1/tenants/${slug}/groups/service`, { spec: { name: { ru: "Сервис", en: "Service" } }, members: [me.id] });
  await publishRules(slug, [], "common");
  await openSome(slug, ["Первая", "Вторая"]);
  await me.open(page, `${origin}/t/${slug}/distribution`);
  const list = page.getByRole("list", { name: "Заявки без ответственного" });
  await expect(list.getByRole("listitem")).toHaveCount(2);
  const person = page.getByRole("button", { name: new RegExp(`^${other.name}.*дать`) });
  await page.keyboard.press("j");
  await page.keyboard.press("Shift+j");
  await expect(page.getByText("выбрано 2")).toBeVisible();
  await person.press("Enter");
  await expect(page.getByText(`2 заявки: ${other.name}, теперь 2 из 1.`)).toBeVisible();
  await expect(page.getByText("Всё распределено")).toBeVisible();

  // Whoever went home keeps what they have until somebody decides; it is first seen, then done.
  const rule = { key: "all", name: { ru: "Все", en: "All" }, then: { group: "common", strategy: "least_loaded" }, stop: true };
  await change(maker, "PUT", `/v1/tenants/${slug}/groups/common`, { spec: { name: { ru: "Общая", en: "Common" } }, members: [me.id] });
  await publishRules(slug, [rule], "common");
  const tomorrow = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"][(new Date().getUTCDay() + 3) % 7] ?? "mon";
  await change(maker, "PUT", `/v1/tenants/${slug}/members/${other.id}/week`, {
    time_zone: "UTC",
    week: { [tomorrow]: [["09:00", "10:00"]] },
  });
  await expect.poll(async () => (await standing(slug, other.name))?.on_shift).toBe(false);
  await handOver(page, other.name, 2, me.name);
  await expect(page.getByRole("region", { name: "Не на смене" }).getByText(other.name)).toBeVisible();
  await expect(page.getByRole("button", { name: `Передать заявки: ${other.name}` })).toHaveCount(0);

  // Given by hand to somebody who is away: they go back by rule too.
  const late = await openTicket(maker, slug, { subject: "Отдана тому, кого нет" });
  await give(slug, [late.ref], other.id);
  expect(await assignee(slug, late.number)).toBe(other.name);
  await handOver(page, other.name, 1, me.name);
  expect(await assignee(slug, late.number)).toBe(me.name);
  await page.goto(`${origin}/t/${slug}/tickets/${late.ref}?why=true`);
  await expect(page.getByText("Распределена заново: смена ответственного закончилась").first()).toBeVisible();
});

async function handOver(page: Page, from: string, n: number, to: string): Promise<void> {
  await page.getByRole("button", { name: `Передать заявки: ${from}` }).press("Enter");
  const dialog = page.getByRole("dialog", { name: `Передать заявки: ${from}` });
  await expect(dialog.getByRole("row")).toHaveCount(n + 1);
  await expect(dialog.getByRole("cell", { name: to })).toHaveCount(n);
  await expectAccessible(page, "[role=dialog]", "handing over");
  await dialog.getByRole("button", { name: /^Передать \d/ }).press("Enter");
  await expect(page.getByText(n === 1 ? "Передана 1 заявка." : `Переданы ${n} заявки.`)).toBeVisible();
  await expect(dialog).toHaveCount(0);
}
