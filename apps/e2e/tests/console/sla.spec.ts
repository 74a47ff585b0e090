import { expect, type Page } from "@playwright/test";
import { expectAccessibleInBothThemes } from "../../axe.ts";
import { change, maker, makeTenant, publish, usualClock } from "../../clock.ts";
import { ask, letIn, openTicket, origin, prefer, staff } from "../../people.ts";
import { test } from "../../test.ts";

interface Clocked {
  clocks: { kind: string; due_at: string }[];
}
const settings = (slug: string) => `${origin}/t/${slug}/settings/sla`;
const saved = (page: Page) => expect(page.getByText(/^(сохранено|saved) \d/)).toBeVisible();

async function open(page: Page, email: string, language: "ru" | "en", path: string): Promise<void> {
  await letIn(page, email);
  await page.goto(`${origin}/me`);
  await prefer(page, language, "light");
  await page.goto(path);
}

test("an administrator sets the clock by keys, sees what it means, publishes; a new ticket is promised just that", async ({ page }) => {
  const slug = await makeTenant();
  await open(page, maker, "ru", settings(slug));

  // A calendar: Monday's hours moved and stretched by keys, lunch by numbers, a Saturday added.
  await page.getByRole("button", { name: "Календарь", exact: true }).press("Enter");
  const monday = page.getByRole("button", { name: /^Понедельник, / });
  await monday.press("ArrowRight");
  await expect(monday).toHaveAccessibleName("Понедельник, 09:15–18:15");
  await monday.press("ArrowLeft");
  await monday.press("Shift+ArrowLeft");
  await expect(monday).toHaveAccessibleName("Понедельник, 09:00–17:45");
  await monday.press("Enter");
  await page.getByRole("dialog").getByLabel("До", { exact: true }).fill("08:00");
  await page.getByRole("button", { name: "Готово" }).press("Enter");
  await expect(page.getByRole("dialog")).toContainText("Конец должен быть позже начала");
  await page.getByRole("dialog").getByLabel("До", { exact: true }).fill("13:00");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Добавить часы: Понедельник" }).press("Enter");
  await expect(monday.last()).toHaveAccessibleName("Понедельник, 14:00–18:00");
  await saved(page);
  await page.getByRole("button", { name: "Опубликовать" }).press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Опубликовать" }).press("Enter");
  await expect(page.getByText(/^версия 1$/)).toBeVisible();

  // A policy: what cannot be read is said at the field, what can is kept.
  await page.getByRole("button", { name: "SLA", exact: true }).press("Enter");
  await page.getByRole("button", { name: "Политика", exact: true }).press("Enter");
  await page.getByRole("button", { name: "SLA", exact: true }).press("Enter");
  await page.getByRole("button", { name: "Выше: Новая политика" }).press("Enter");
  await expect(page.getByText("Порядок сохранён.")).toBeVisible();
  await page.getByRole("button", { name: "Новая политика", exact: true }).press("Enter");
  await page.getByRole("combobox", { name: /^P2, Календарь/ }).press("Enter");
  await page.getByRole("option", { name: "Рабочие часы" }).press("Enter");
  const reaction = page.getByRole("textbox", { name: "P2, Реакция" });
  await reaction.fill("скоро");
  await expect(page.getByText("Напишите так: 15 мин, 4 ч, 3 раб. дн.")).toBeVisible();
  await reaction.fill("30 мин");
  const resolution = page.getByRole("textbox", { name: "P2, Решение" });
  await resolution.fill("2 раб. дн");
  await resolution.press("Tab");
  await expect(resolution).toHaveValue("2 раб. дн");
  await saved(page);

  // Monday 23 November, 17:20 in Moscow: half an hour, and two days of nine hours but a Monday of eight.
  await page.getByLabel("Создана (пусто — сейчас)").fill("2026-11-23T17:20");
  const preview = page.getByRole("complementary", { name: "Предпросмотр" });
  await expect(preview).toContainText(/Реакция\s*пн 23\sнояб\., 17:50/);
  await expect(preview).toContainText(/Решение\s*ср 25\sнояб\., 17:20 МСК/);
  await expect(preview).toContainText(/40\sмин \+ .* = 18\sч, нерабочее время не считается/);
  await expect(preview).toContainText("Срок");

  await page.getByRole("button", { name: "Опубликовать" }).press("Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText(/сдвин/)).toBeVisible();
  await dialog.getByText("Пересчитать").click();
  await dialog.getByRole("button", { name: "Опубликовать" }).press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText(/^версия 1$/)).toBeVisible();

  // The promise made at intake is the one that stands in the ticket.
  const ticket = await openTicket(maker, slug, { priority: 2 });
  const { clocks } = await ask<Clocked>(maker, `/v1/tenants/${slug}/tickets/${ticket.number}`);
  expect(clocks.map((clock) => clock.kind)).toEqual(expect.arrayContaining(["first_response", "resolution"]));
  await page.goto(`${origin}/t/${slug}/tickets/${ticket.ref}`);
  await expect(page.getByText("Реакция").first()).toBeVisible();
  await page.keyboard.press("w");
  await expect(page.getByRole("dialog", { name: "Почему так" })).toContainText("«Новая политика», версия 1");
});

test("the queue stands in the server’s order by risk; W says why", async ({ page }) => {
  const slug = await makeTenant();
  await usualClock(maker, slug, "_own");
  for (const priority of [4, 2, 1, 3]) await openTicket(maker, slug, { priority });
  const paused = await openTicket(maker, slug, { priority: 1 });
  const { version } = await ask<{ version: number }>(maker, `/v1/tenants/${slug}/tickets/${paused.number}`);
  await page.request.put(`${origin}/v1/tenants/${slug}/tickets/${paused.number}/status`, {
    headers: { Authorization: `Bearer ${staff(maker).api_key}`, "If-Match": `"v${version}"` },
    data: { to: "pending", until: new Date(Date.now() + 90_000_000).toISOString(), comment: "Ждём лог" },
  });
  await open(page, maker, "ru", `${origin}/q?scope=${slug}&view=all`);
  const { items } = await ask<{ items: { ref: string; priority: number }[] }>(maker, `/v1/queue?scope=${slug}&view=all&limit=50`);
  expect(items.slice(0, 4).map((row) => row.priority)).toEqual([1, 2, 3, 4]);
  const rows = page.locator("a[data-key]");
  await expect(rows).toHaveCount(5);
  const shown = await rows.evaluateAll((links) => links.map((link) => link.getAttribute("href")?.split("/").pop()));
  expect(shown.map((ref) => decodeURIComponent(ref ?? ""))).toEqual(items.map((row) => row.ref));
  const list = page.getByRole("region", { name: "Список заявок" });
  await expect(list.getByText("В ближайший час")).toBeVisible();
  await expect(list.getByText("Позже и на паузе")).toBeVisible();
  await expect(list.getByText(/^Реакция · \d\d:\d\d$/).first()).toBeVisible();
  await expect(page.getByRole("complementary", { name: "Сведения" }).getByRole("img", { name: /осталось/ })).toBeVisible();
  await expectAccessibleInBothThemes(page, "the queue with deadlines");

  await page.keyboard.press("w");
  const panel = page.getByRole("dialog", { name: "Почему так" });
  await expect(panel).toContainText("«Gold_own», версия 1");
  await expect(panel).toContainText(/15.мин/);
  await expectAccessibleInBothThemes(page, "the why panel", "[role=dialog]");
  await page.keyboard.press("Escape");
  await expect(page.getByText(/^Почему срок /)).toBeVisible();
  await expectAccessibleInBothThemes(page, "a ticket with promises");
});

test("one ticket gets an exception of its own and loses it again; publishing says which deadlines move", async ({ page }) => {
  const slug = await makeTenant();
  await usualClock(maker, slug, "_own");
  const ticket = await openTicket(maker, slug, { priority: 2 });
  await open(page, maker, "ru", `${origin}/t/${slug}/tickets/${ticket.ref}`);
  await expect(page.getByRole("heading", { name: /^Почему срок / })).toBeVisible();
  await page.keyboard.press("w");
  const panel = page.getByRole("dialog", { name: "Почему так" });
  await panel.getByRole("button", { name: "Исключение из SLA" }).click();
  const form = page.getByRole("dialog", { name: /^Исключение из SLA для/ });
  const make = form.getByRole("button", { name: "Сделать исключение" });
  await make.click();
  await expect(form).toContainText("Выберите день и время.");
  await expect(form).toContainText("Напишите, почему.");
  await expectAccessibleInBothThemes(page, "an exception for one ticket", "[role=dialog]");
  await form.getByLabel("Причина").fill("Ждём поставку");
  await form.getByLabel("Решить до").fill("2020-01-01T10:00");
  await make.click();
  await expect(form.getByLabel("Решить до")).toHaveAttribute("aria-invalid", "true");
  await expect(form.getByLabel("Причина")).toHaveValue("Ждём поставку");
  await form.getByText("Другие нормативы или календарь").click();
  await form.getByRole("textbox", { name: "Реакция" }).fill("3 ч");
  await form.getByRole("textbox", { name: "Решение" }).fill("30 ч");
  await make.click();
  await expect(form).toHaveCount(0);
  await expect(panel).toContainText("Ждём поставку");
  const seconds = async () =>
    (await ask<{ clocks: { kind: string; target_seconds: number }[] }>(maker, `/v1/tenants/${slug}/tickets/${ticket.number}`)).clocks.find(
      (clock) => clock.kind === "resolution",
    )?.target_seconds;
  expect(await seconds()).toBe(30 * 3600);
  await panel.getByRole("button", { name: "Изменить исключение" }).click();
  await expect(form).toContainText("Сейчас действует исключение для этой заявки: Ждём поставку");
  await form.getByText("Снять исключение").first().click();
  await form.getByLabel("Причина").fill("Поставка пришла");
  await form.getByRole("button", { name: "Снять исключение" }).click();
  await expect(form).toHaveCount(0);
  await expect(panel).not.toContainText("Ждём поставку");
  expect(await seconds()).toBe(8 * 3600);

  await change(maker, "PATCH", `/v1/tenants/${slug}/sla-policies/gold_own/draft`, {
    spec: {
      name: { ru: "Gold_own", en: "Gold_own" },
      targets: { 2: { calendar: "always_own", first_response: 60, resolution: 600 } },
      pause_in: ["pending"],
    },
  });
  await page.goto(settings(slug));
  await page.getByRole("button", { name: "Gold_own", exact: true }).click();
  await page.getByRole("button", { name: "Сравнить с 1" }).click();
  await expect(page.getByRole("row", { name: /^P2, Решение 8.ч 10.ч$/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Опубликовать" }).click();
  const dialog = page.getByRole("dialog", { name: "Опубликовать изменения?" });
  await expect(dialog).toContainText("1 срок сдвинется, ни один из них не окажется в прошлом.");
  await dialog.getByText("Показать").click();
  await expect(dialog.getByRole("link", { name: ticket.ref })).toBeVisible();
  await expectAccessibleInBothThemes(page, "publishing with what moves", "[role=dialog]");
  await dialog.getByText("Пересчитать").click();
  await dialog.getByRole("button", { name: "Опубликовать" }).click();
  await expect(page.getByText(/^Сроки пересчитаны: /)).toBeVisible();
  expect(await seconds()).toBe(10 * 3600);
});

test("every screen of the clock’s settings is accessible in both themes and by a phone’s width", async ({ page }) => {
  // In a customer of the demo, for tickets that there are none of: nobody's deadlines move.
  const [owner, slug, mark] = ["owner@nordlicht.example", "nrd", `_${Date.now().toString(36)}`];
  const never = { field: "tags", op: "has_any", value: [`never${mark}`] };
  await usualClock(owner, slug, mark, never);
  await publish(owner, slug, "sla-exceptions", `night${mark}`, {
    name: { ru: `Ночь${mark}`, en: `Night${mark}` },
    when: { all: [never, { field: "contact.vip", op: "is", value: true }] },
    effect: { calendar: `always${mark}`, targets: { first_response: 15 } },
    reason: "Договор",
  });
  await publish(owner, slug, "escalations", `usual${mark}`, {
    name: { ru: `Обычные${mark}`, en: `Usual${mark}` },
    when: never,
    levels: [
      { clock: "any", at: "share", value: 80, actions: [{ kind: "tell", assignee: true }] },
      { clock: "any", at: "breach", actions: [{ kind: "tag", tag: "late" }] },
    ],
  });
  await change(owner, "PATCH", `/v1/tenants/${slug}/sla-policies/gold${mark}/draft`, {
    spec: {
      name: { ru: `Gold${mark}`, en: `Gold${mark}` },
      when: never,
      targets: { 1: { calendar: `always${mark}`, first_response: 10, resolution: 240 } },
      pause_in: ["pending"],
    },
  });
  await open(page, owner, "en", settings(slug));
  await expect(page.getByText("if").first()).toBeVisible();
  await expectAccessibleInBothThemes(page, "the list");
  await page.getByRole("button", { name: `Gold${mark}`, exact: true }).click();
  await expect(page.getByText("Run over the last 100 tickets")).toBeVisible();
  await page.getByText("Name and which tickets it is for").click();
  await expect(page.getByRole("button", { name: "Condition", exact: true })).toBeVisible();
  await expectAccessibleInBothThemes(page, "the policy");
  for (const [button, name] of [
    ["Publish", "publishing"],
    ["Compare with 1", "comparing"],
    [`Change “Night${mark}”`, "an exception"],
    [`Change “Usual${mark}”`, "a warning"],
  ] as const) {
    await page.getByRole("button", { name: button }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await expect(page.getByRole("dialog").locator("[aria-busy=true]")).toHaveCount(0);
    await expectAccessibleInBothThemes(page, name, "[role=dialog]");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
  // Back to what was: the draft goes, the live version stands.
  await page.getByRole("button", { name: "Roll back" }).click();
  await page.getByRole("menuitem", { name: "Drop the draft, keep version 1" }).click();
  await expect(page.getByText(/^version 1$/)).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
