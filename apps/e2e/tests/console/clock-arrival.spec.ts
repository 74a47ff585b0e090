import { expect, type Page } from "@playwright/test";
import { expectAccessibleInBothThemes } from "../../axe.ts";
import { change, maker, makeTenant, usualClock } from "../../clock.ts";
import { ask, letIn, make, openTicket, origin, prefer } from "../../people.ts";
import { test } from "../../test.ts";

interface Clocked {
  clocks: { kind: string; state: string; met_at: string | null }[];
  created_at: string;
}

async function open(page: Page, email: string, language: "ru" | "en", path: string): Promise<void> {
  await letIn(page, email);
  await page.goto(`${origin}/me`);
  await prefer(page, language, "light");
  await page.goto(path);
}

const arrival = async (slug: string, number: number, email = maker) =>
  (await ask<Clocked>(email, `/v1/tenants/${slug}/tickets/${number}`)).clocks.find((clock) => clock.kind === "arrival");

test("an arrival on site is promised, said in the ticket and taken back", async ({ page }) => {
  const slug = await makeTenant();
  await usualClock(maker, slug, "_own");
  await open(page, maker, "ru", `${origin}/t/${slug}/settings/sla`);
  await page.getByRole("button", { name: "Gold_own", exact: true }).click();
  await page.getByText("Обещать и выезд на место").click();
  await page.getByRole("textbox", { name: "P2, Выезд" }).fill("2 ч");
  await page.getByRole("textbox", { name: "P2, Выезд" }).press("Tab");
  await expect(page.getByText(/^сохранено \d/)).toBeVisible();
  await page.getByRole("button", { name: "Опубликовать" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Опубликовать" }).click();
  await expect(page.getByText(/^версия 2$/)).toBeVisible();
  const ticket = await openTicket(maker, slug, { priority: 2 });
  await page.goto(`${origin}/t/${slug}/tickets/${ticket.ref}`);
  const arrived = page.getByRole("button", { name: "Приехали на место" });
  const state = async () => (await arrival(slug, ticket.number))?.state;
  await arrived.press("Enter");
  await expect(arrived).toHaveCount(0);
  await expect(page.getByText(/на месте с /)).toBeVisible();
  expect(await state()).toBe("met");
  await expectAccessibleInBothThemes(page, "a ticket where somebody came");
  await page.getByRole("button", { name: /Отменить/ }).click();
  await expect(arrived).toBeVisible();
  await expect(page.getByText(/приезд отменён/)).toBeVisible();
  expect(await state()).toBe("running");
});

const field = (at: number) => new Date(at + 3 * 3_600_000).toISOString().slice(0, 16); // Moscow, as the browser is

/** A ticket that alone is promised a visit, by an exception of its own. */
async function visited(email: string, slug: string, type: string) {
  const ticket = await openTicket(email, slug, { priority: 2, type });
  const at = `/v1/tenants/${slug}/tickets/${ticket.number}`;
  await make(email, `${at}/sla-exceptions`, { effect: { targets: { arrival: 120 } }, reason: "Visit agreed" });
  return { ...ticket, opened: (await ask<Clocked>(email, at)).created_at };
}

test("an arrival is said at its own time, neither ahead nor before the ticket", async ({ page }) => {
  const [owner, slug] = ["owner@nordlicht.example", "nrd"];
  const ticket = await visited(owner, slug, "problem");
  await open(page, owner, "en", `${origin}/t/${slug}/tickets/${ticket.ref}`);
  await page.getByRole("button", { name: "Came earlier" }).press("Enter");
  const form = page.getByRole("dialog", { name: `${ticket.ref}: arrival on site` });
  const when = form.getByLabel("When they came");
  const save = form.getByRole("button", { name: "Save" });
  await expect(when).not.toHaveValue("");
  await when.fill(field(Date.now() + 3_600_000));
  await save.click();
  await expect(form).toContainText("This time has not come yet.");
  await when.fill(field(Date.parse(ticket.opened) - 3_600_000));
  await expect(form).toContainText("The ticket was opened later:");
  await expect(when).toHaveAttribute("aria-invalid", "true");
  await when.fill("");
  await expect(form).toContainText("Choose a day and a time.");
  await expectAccessibleInBothThemes(page, "when somebody came", "[role=dialog]");
  // The minute in which it was opened is as early as it can be.
  await when.fill(field(Date.parse(ticket.opened)));
  await save.click();
  await expect(form).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Correct the arrival" })).toBeVisible();
  expect(await arrival(slug, ticket.number, owner)).toMatchObject({ state: "met", met_at: ticket.opened });
});

test("an arrival that was said wrongly is corrected and taken back; the server has the last word", async ({ page }) => {
  const slug = await makeTenant();
  await usualClock(maker, slug, "_own");
  const ticket = await visited(maker, slug, "question");
  await change(maker, "PUT", `/v1/tenants/${slug}/tickets/${ticket.number}/arrival`, {});
  const said = (await arrival(slug, ticket.number))?.met_at ?? "";
  await page.clock.install({ time: Date.now() + 86_400_000 });
  await open(page, maker, "ru", `${origin}/t/${slug}/tickets/${ticket.ref}`);
  const correct = page.getByRole("button", { name: "Исправить приезд" });
  await correct.click();
  const form = page.getByRole("dialog", { name: `${ticket.ref}: приезд на место` });
  const when = form.getByLabel("Когда приехали");
  await expect(when).toHaveValue(field(Date.parse(said)));
  // The browser's clock is a day ahead, so only the server knows that this is not yet.
  await when.fill(field(Date.now() + 3_600_000));
  await form.getByRole("button", { name: "Сохранить" }).click();
  await expect(form).toContainText("Это время ещё не наступило.");
  expect((await arrival(slug, ticket.number))?.met_at).toBe(said);
  await when.fill(field(Date.parse(ticket.opened)));
  await form.getByRole("button", { name: "Сохранить" }).click();
  await expect(form).toHaveCount(0);
  expect((await arrival(slug, ticket.number))?.met_at).toBe(ticket.opened);
  await correct.click();
  await form.getByRole("button", { name: "Приезда не было" }).click();
  await expect(form).toHaveCount(0);
  expect((await arrival(slug, ticket.number))?.state).toBe("running");
  // And that can be undone as well.
  await page.getByRole("button", { name: /Отменить/ }).click();
  await expect(correct).toBeVisible();
  expect((await arrival(slug, ticket.number))?.met_at).toBe(ticket.opened);
});
