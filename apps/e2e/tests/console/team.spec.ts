import { expect, type Page } from "@playwright/test";
import { expectAccessibleInBothThemes } from "../../axe.ts";
import { ask, letIn, make, openTicket, origin, people, prefer } from "../../people.ts";
import { test } from "../../test.ts";

/** A customer's own owner: their hours are nobody else's in the tests. */
function owner(slug: string): { name: string; email: string } {
  const found = people.staff.find((one) => one.role === "owner" && one.tenants[0] === slug);
  if (!found) throw new Error(`nobody owns ${slug}`);
  return found;
}

const mark = Date.now().toString(36);

async function open(page: Page, slug: string, language: "ru" | "en"): Promise<void> {
  await letIn(page, owner(slug).email);
  await page.goto(`${origin}/me`);
  await prefer(page, language, "light");
  await page.goto(`${origin}/t/${slug}/settings/team`);
}

/** Goes to a view of the team by keys: tabs move by arrows. */
async function view(page: Page, name: string): Promise<void> {
  const tab = page.getByRole("tab", { name, exact: true });
  await tab.focus();
  await tab.press("Enter");
  await expect(tab).toHaveAttribute("aria-selected", "true");
}

test("по-русски: группа, навык, часы, отсутствие и исполнитель задаются с клавиатуры, нагрузка двигается сама", async ({ page }) => {
  const slug = "lis";
  const { name, email } = owner(slug);
  const [group, skill, vendor] = [`Кассы ${mark}`, `Датчики ${mark}`, `ООО «Холод ${mark}»`];
  await open(page, slug, "ru");
  const row = (name: string) => page.getByRole("row").filter({ hasText: name });

  // Nobody has said when the owner works: they are always there.
  await expect(row(name)).toContainText("на смене");
  await expectAccessibleInBothThemes(page, "нагрузка");

  await view(page, "Группы");
  await page.getByRole("button", { name: "Новая группа" }).press("Enter");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Название по-русски").fill(group);
  await dialog.getByLabel("Название по-английски").fill(`Registers ${mark}`);
  await dialog.getByLabel("Заявок на человека").fill("8");
  await dialog.getByRole("checkbox", { name }).press("Space");
  await expectAccessibleInBothThemes(page, "новая группа");
  await dialog.getByRole("button", { name: "Сохранить" }).press("Enter");
  await expect(page.getByText(`${group}: сохранено.`)).toBeVisible();
  await expect(row(group).getByRole("cell").nth(2)).toHaveText("1");
  await expectAccessibleInBothThemes(page, "группы");

  // Who uses it is said when it is to be removed.
  await page.getByRole("button", { name: `Изменить группу: ${group}` }).press("Enter");
  await dialog.getByRole("button", { name: "Убрать группу" }).press("Enter");
  await expect(dialog.getByRole("alert")).toContainText(name);
  await page.keyboard.press("Escape");

  await view(page, "Навыки");
  await page.getByRole("button", { name: "Новый навык" }).press("Enter");
  await dialog.getByLabel("Название по-русски").fill(skill);
  await dialog.getByLabel("Название по-английски").fill(`Sensors ${mark}`);
  await page.keyboard.press("Enter");
  const level = page.getByRole("combobox", { name: `${name}: ${skill}` });
  await level.press("Enter");
  await page.getByRole("option", { name: "3 мастер" }).press("Enter");
  await expect(page.getByText(`${name}: сохранено.`)).toBeVisible();
  await expect(level).toContainText("3 мастер");
  await expectAccessibleInBothThemes(page, "навыки");

  await view(page, "Смены");
  await page.getByRole("button", { name: `Часы: ${name}` }).press("Enter");
  await dialog.getByLabel("Понедельник").fill("с девяти");
  await expect(dialog.getByText("Напишите так: 09:00–18:00")).toBeVisible();
  for (const day of ["Понедельник", "Вторник", "Среда", "Четверг", "Пятница", "Суббота", "Воскресенье"]) {
    await dialog.getByLabel(day).fill("9-13, 14:00–18:00");
  }
  await expectAccessibleInBothThemes(page, "часы");
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await page.getByRole("button", { name: "Неделя позже" }).press("Enter");
  const lane = page.getByRole("listitem").filter({ hasText: name });
  await expect(lane.getByRole("img", { name: /^смена / })).toHaveCount(14);
  await page.getByRole("button", { name: `Отсутствие: ${name}` }).press("Enter");
  // Tuesday and Wednesday of the week that is shown, in the owner's own zone.
  const { time_zone } = await ask<{ time_zone: string }>(email, "/v1/me");
  const today = Date.parse(new Intl.DateTimeFormat("en-CA", { timeZone: time_zone }).format(new Date()));
  const monday = 7 - ((new Date(today).getUTCDay() + 6) % 7);
  const day = (n: number) => new Date(today + (monday + n) * 86_400_000).toISOString().slice(0, 10);
  await dialog.getByLabel("С какого дня").fill(day(1));
  await dialog.getByLabel("По какой день").fill(day(0));
  await expect(dialog.getByText("Последний день раньше первого.")).toBeVisible();
  await dialog.getByLabel("По какой день").fill(day(2));
  await dialog.getByLabel("Пометка").fill("отпуск");
  await dialog.getByRole("button", { name: "Сохранить" }).press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(lane.getByRole("img", { name: /^отсутствие / })).toHaveCount(1);
  await page.getByRole("tab", { name: "Смены" }).focus();
  await expect(page.getByRole("tooltip")).toHaveCount(0);
  await expectAccessibleInBothThemes(page, "смены");
  await lane.getByRole("button", { name: /^Отменить отсутствие/ }).press("Enter");
  await expect(page.getByText("Отсутствие отменено.")).toBeVisible();
  await expect(lane.getByRole("img", { name: /^отсутствие / })).toHaveCount(0);
  await page.getByRole("button", { name: "Эта неделя" }).press("Enter");

  await view(page, "Сторонние исполнители");
  await page.getByRole("button", { name: "Новый исполнитель" }).press("Enter");
  await dialog.getByLabel("Название компании").fill(vendor);
  await page.keyboard.press("Enter");
  const item = page.getByRole("listitem").filter({ hasText: vendor });
  await expect(item).toContainText("0 инженеров · 0 открытых заявок");
  await expectAccessibleInBothThemes(page, "исполнители");
  await item.getByRole("button", { name: "Закончить работу" }).press("Enter");
  await page.getByRole("alertdialog").getByRole("button", { name: "Закончить работу" }).press("Enter");
  await expect(item).toContainText("работа закончена ");
  await item.getByRole("button", { name: "Возобновить" }).press("Enter");
  await expect(item).toContainText("0 инженеров · 0 открытых заявок");

  // A ticket given to them from elsewhere moves the bar without a look away.
  await view(page, "Нагрузка");
  await expect(row(name)).toContainText("здесь 0");
  const { items } = await ask<{ items: { id: string; name: string }[] }>(email, `/v1/tenants/${slug}/members`);
  const ticket = await openTicket(email, slug, { type: "feeding" });
  await make(email, `/v1/tenants/${slug}/distributions`, {
    items: [{ ref: ticket.ref, person: items.find((one) => one.name === name)?.id }],
  });
  await expect(row(name)).toContainText("здесь 1");
});

test("in English: a person's groups, lines, languages and vendor; capacity is one; hours of a provider are the provider's", async ({
  page,
}) => {
  const slug = "nrd";
  const { name, email } = owner(slug);
  const vendor = `Cold Works ${mark}`;
  await make(email, `/v1/tenants/${slug}/vendors`, { name: vendor });
  await open(page, slug, "en");
  const row = page.getByRole("row").filter({ hasText: name });
  await page.getByRole("button", { name: `Change: ${name}` }).press("Enter");
  const dialog = page.getByRole("dialog");
  const second = dialog.getByRole("checkbox", { name: "Second line" });
  for (const box of [second, dialog.getByRole("checkbox", { name: "line 2" })]) {
    if (!(await box.isChecked())) await box.press("Space");
    await expect(box).toBeChecked();
  }
  await dialog.getByLabel("Languages").fill("ru, en");
  await dialog.getByRole("combobox", { name: "Vendor" }).press("Enter");
  await expect(page.getByRole("option", { name: vendor })).toBeVisible();
  await page.keyboard.press("Escape");
  await expectAccessibleInBothThemes(page, "a member");
  await dialog.getByRole("button", { name: "Save" }).press("Enter");
  await expect(page.getByText(`${name}: saved.`)).toBeVisible();
  await expect(row).toContainText("Second line");
  await expect(row).toContainText("line 2");
  for (const name of ["Groups", "Skills", "Shifts", "Vendors"]) {
    await view(page, name);
    await expectAccessibleInBothThemes(page, name);
  }

  // A customer's own people see the provider's hours and do not change them.
  await page.goto("about:blank");
  await page.context().clearCookies();
  await letIn(page, "owner@acme.example");
  await page.goto(`${origin}/t/acme/settings/team`);
  await page.getByRole("tab", { name: /^(Shifts|Смены)$/ }).press("Enter");
  await page.getByRole("button", { name: /^(A week later|Неделя позже)$/ }).press("Enter");
  const lane = page.getByRole("listitem").filter({ hasText: "Мария Белова" });
  await expect(lane.getByRole("img").first()).toBeVisible();
  await expect(lane.getByRole("button")).toHaveCount(0);
});

test("whoever may not see the team hears why", async ({ page }) => {
  await letIn(page, "owner@acme.example");
  await page.route("**/v1/tenants/acme/load", (route) =>
    route.fulfill({
      status: 403,
      contentType: "application/problem+json",
      body: JSON.stringify({ type: "/problems/denied", title: "Нет права", status: 403, code: "denied", request_id: "x", errors: [] }),
    }),
  );
  await page.route("**/v1/tenants/acme/groups", (route) => route.abort());
  await page.goto(`${origin}/t/acme/settings/team`);
  await expect(page.getByText("Нет права")).toBeVisible();
  await view(page, "Группы");
  await expect(page.getByRole("button", { name: /Повторить|Попробовать/ })).toBeVisible();
});
