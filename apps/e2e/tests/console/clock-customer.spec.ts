import { expect } from "@playwright/test";
import { expectAccessibleInBothThemes } from "../../axe.ts";
import { maker, makeTenant, publish, usualClock } from "../../clock.ts";
import { ask, letIn, openTicket, origin, prefer } from "../../people.ts";
import { test } from "../../test.ts";

interface Company {
  id: string;
  name: string;
}

const said = {
  ru: {
    fresh: "Новая компания",
    name: "Компания",
    domains: "Домены почты",
    calendar: "Свой календарь",
    save: "Сохранить",
    change: "Изменить",
    more: "Название и для каких заявок",
    wins: "Свой календарь клиента важнее календаря политики",
    publish: "Опубликовать",
    preview: "Предпросмотр",
    at: "Создана (пусто — сейчас)",
    client: "Клиент",
    own: /Календарь «Ночи.*» — собственный у клиента, он важнее календаря политики/,
    why: "Почему так",
    because: /Ночи.*Europe\/Moscow, UTC\+3 — собственный у клиента, важнее календаря политики/,
  },
  en: {
    fresh: "New company",
    name: "Company",
    domains: "Mail domains",
    calendar: "Own calendar",
    save: "Save",
    change: "Change",
    more: "Name and which tickets it is for",
    wins: "The client’s own calendar wins over the policy’s",
    publish: "Publish",
    preview: "Preview",
    at: "Created (empty: now)",
    client: "Client",
    own: /The calendar “Nights.*” is the client’s own, which wins over the policy’s/,
    why: "Why so",
    because: /Nights.*Europe\/Moscow, UTC\+3 — the client’s own, which wins over the policy’s/,
  },
};

for (const language of ["ru", "en"] as const) {
  test(`a ticket counts by its company’s own calendar, and is told so, ${language}`, async ({ page }) => {
    const words = said[language];
    const mark = `_${Date.now().toString(36)}`;
    const [email, slug, type] = language === "ru" ? [maker, await makeTenant(), "question"] : ["owner@nordlicht.example", "nrd", "problem"];
    const company = `Firm ${mark.slice(1)}`;
    const domain = `firm${mark.slice(1)}.example`;
    const nights = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((day) => [day, [["20:00", "24:00"]]]);
    await publish(email, slug, "calendars", `nights${mark}`, {
      name: { ru: `Ночи${mark}`, en: `Nights${mark}` },
      time_zone: "Europe/Moscow",
      weekly: Object.fromEntries(nights),
    });
    await letIn(page, email);
    await page.goto(`${origin}/me`);
    await prefer(page, language, "light");

    // The company gets a calendar of its own.
    await page.goto(`${origin}/t/${slug}/settings/companies`);
    await page.getByRole("button", { name: words.fresh }).click();
    const form = page.getByRole("dialog", { name: words.fresh });
    await form.getByRole("textbox", { name: words.name }).fill(company);
    await form.getByRole("textbox", { name: words.domains }).fill(domain);
    await form.getByRole("combobox", { name: words.calendar }).click();
    await page.getByRole("option", { name: new RegExp(`${mark}$`) }).click();
    await form.getByRole("button", { name: words.save }).click();
    await expect(form).toHaveCount(0);
    const { items } = await ask<{ items: Company[] }>(email, `/v1/tenants/${slug}/companies?q=${encodeURIComponent(company)}`);
    const { id } = items.find((one) => one.name === company) as Company;

    // A ticket of it counts by the policy's, round the clock, until the policy lets the client's win.
    await usualClock(email, slug, mark, { field: "company", op: "in", value: [id] });
    const contact = { email: `anna@${domain}`, name: `Anna ${mark.slice(1)}` };
    const before = await openTicket(email, slug, { priority: 2, type, contact });
    await page.goto(`${origin}/t/${slug}/settings/sla`);
    await page.getByRole("button", { name: `Gold${mark}`, exact: true }).click();
    await page.getByText(words.more).click();
    await page.getByRole("checkbox", { name: words.wins }).check();
    await page.getByLabel(words.at).fill("2026-11-23T12:00");
    const preview = page.getByRole("complementary", { name: words.preview });
    await preview.getByRole("combobox", { name: words.client }).fill(contact.name);
    await page.getByRole("option", { name: contact.name }).click();
    await expect(preview).toContainText(words.own);
    // Eight hours by four a night, from Monday noon: Tuesday midnight. The answer is due an hour after eight.
    await expect(preview.locator("dl").first()).toContainText(/21:00/);
    await expect(preview.locator("dl").first()).toContainText(/00:00/);
    await expectAccessibleInBothThemes(page, "a preview by the client's calendar");
    await page.getByRole("button", { name: words.publish }).click();
    await page.getByRole("dialog").getByRole("button", { name: words.publish }).click();
    await expect(page.getByRole("dialog")).toHaveCount(0);

    const ticket = await openTicket(email, slug, { priority: 2, type, contact });
    for (const [one, own] of [
      [ticket, true],
      [before, false],
    ] as const) {
      await page.goto(`${origin}/t/${slug}/tickets/${one.ref}`);
      await expect(page.getByRole("complementary").getByRole("img").first()).toBeVisible();
      await page.keyboard.press("w");
      const sheet = page.getByRole("dialog", { name: words.why });
      await expect(sheet).toContainText(own ? words.because : /24×7/);
      if (own) await expectAccessibleInBothThemes(page, "why by the client's calendar", "[role=dialog]");
    }
  });
}
