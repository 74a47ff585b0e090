import { expect, type Page } from "@playwright/test";
import { expectAccessibleInBothThemes } from "../../axe.ts";
import { change, maker, makeTenant, publish, usualClock } from "../../clock.ts";
import { ask, letIn, origin, prefer } from "../../people.ts";
import { test } from "../../test.ts";

const named = (name: string) => ({ ru: name, en: name });
const webhook = (name: string, url: string) => ({
  name: named(name),
  when: { field: "tags", op: "has_any", value: ["never"] },
  levels: [{ clock: "any", at: "breach", actions: [{ kind: "webhook", url }] }],
});

async function open(page: Page, email: string, language: "ru" | "en", slug: string): Promise<void> {
  await letIn(page, email);
  await page.goto(`${origin}/me`);
  await prefer(page, language, "light");
  await page.goto(`${origin}/t/${slug}/settings/sla`);
}

test("a draft of an exception that another saved is not written over: both are shown, and one is chosen", async ({ page }) => {
  const slug = await makeTenant();
  await usualClock(maker, slug, "_own");
  const spec = { name: named("Ночь"), effect: { calendar: "always_own" }, reason: "Договор" };
  await publish(maker, slug, "sla-exceptions", "night", spec);
  const stored = async () =>
    (await ask<{ draft: { spec: { reason: string } } | null }>(maker, `/v1/tenants/${slug}/sla-exceptions/night`)).draft?.spec.reason;
  const another = (reason: string) =>
    change(maker, "PATCH", `/v1/tenants/${slug}/sla-exceptions/night/draft`, { spec: { ...spec, reason } });
  await open(page, maker, "ru", slug);
  await page.getByRole("button", { name: "Gold_own", exact: true }).click();
  await page.getByRole("button", { name: "Изменить «Ночь»" }).click();
  const dialog = page.getByRole("dialog", { name: "Изменить «Ночь»" });
  const reason = dialog.getByRole("textbox", { name: "Причина" });
  await reason.fill("Моя причина");
  await another("Чужая причина");

  await dialog.getByRole("button", { name: "Сохранить черновик" }).click();
  const met = dialog.getByRole("alert");
  await expect(met).toContainText(/Пока вы писали, это изменили: .*Вера/);
  await expect(reason).toHaveValue("Моя причина");
  expect(await stored()).toBe("Чужая причина");
  await expectAccessibleInBothThemes(page, "two drafts of an exception", "[role=dialog]");
  await met.getByRole("button", { name: "Чем отличается" }).click();
  await expect(page.getByRole("row", { name: "Причина Чужая причина Моя причина" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("row", { name: "Причина Чужая причина Моя причина" })).toHaveCount(0);
  await met.getByRole("button", { name: "Взять чужое" }).click();
  await expect(reason).toHaveValue("Чужая причина");
  await expect(met).toHaveCount(0);

  // Once more, and what is typed here is to stand: it is published, as was asked.
  await reason.fill("Снова моя");
  await another("Снова чужая");
  await dialog.getByRole("button", { name: "Опубликовать" }).click();
  await expect(met).toBeVisible();
  expect(await stored()).toBe("Снова чужая");
  await met.getByRole("button", { name: "Сохранить моё" }).click();
  await expect(dialog).toHaveCount(0);
  expect(await stored()).toBeUndefined();
  const live = await ask<{ version: number; spec: { reason: string } }>(maker, `/v1/tenants/${slug}/sla-exceptions/night`);
  expect([live.version, live.spec.reason]).toEqual([2, "Снова моя"]);
});

test("a draft of a warning that another saved is not written over; a new secret leaves what is typed", async ({ page }) => {
  // In a customer of the demo, for tickets that there are none of.
  const [owner, slug] = ["owner@nordlicht.example", "nrd"];
  const name = `Alarm ${Date.now().toString(36)}`;
  const key = name.toLowerCase().replace(" ", "_");
  await publish(owner, slug, "escalations", key, webhook(name, "https://hooks.example/one"));
  await open(page, owner, "en", slug);
  await page.getByRole("button", { name: `Change “${name}”` }).click();
  const dialog = page.getByRole("dialog", { name: `Change “${name}”` });
  const address = dialog.getByRole("textbox", { name: "https address" });
  await address.fill("https://hooks.example/mine");
  await dialog.getByRole("button", { name: "Change the secret" }).click();
  await expect(dialog.getByText(/^whsec_/)).toBeVisible();
  await expect(dialog).toContainText("The old secret works for another day");
  await expectAccessibleInBothThemes(page, "a new secret", "[role=dialog]");
  await expect(address).toHaveValue("https://hooks.example/mine");

  await change(owner, "PATCH", `/v1/tenants/${slug}/escalations/${key}/draft`, { spec: webhook(name, "https://hooks.example/theirs") });
  await dialog.getByRole("button", { name: "Publish" }).click();
  const met = dialog.getByRole("alert");
  await expect(met).toContainText("changed this while you were writing");
  await expect(address).toHaveValue("https://hooks.example/mine");
  await met.getByRole("button", { name: "What differs" }).click();
  await expect(page.getByRole("row", { name: /^Level 1 .*hooks\.example\/theirs .*hooks\.example\/mine$/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await met.getByRole("button", { name: "Save mine" }).click();
  await expect(dialog).toHaveCount(0);
  type Live = { draft: null; spec: ReturnType<typeof webhook> };
  const live = await ask<Live>(owner, `/v1/tenants/${slug}/escalations/${key}`);
  expect([live.draft, live.spec.levels[0]?.actions[0]?.url]).toEqual([null, "https://hooks.example/mine"]);
});
