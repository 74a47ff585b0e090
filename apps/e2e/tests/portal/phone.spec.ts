import { expect, type Page } from "@playwright/test";
import { expectAccessible } from "../../axe.ts";
import { ask, people, portal } from "../../people.ts";
import { test } from "../../test.ts";
import { act, expectNoSidewaysScroll, openPage, starsTo } from "./client.ts";

const agent = "maria@linia.example";
const client = "oleg.savin@zarya.example";

interface TicketView {
  category: string;
  rating: number | null;
}

/** What an agent sees of the request. */
async function ticket(path: string): Promise<TicketView> {
  const t = await ask<{ status: { category: string }; rating: { score: number } | null }>(agent, path);
  return { category: t.status.category, rating: t.rating?.score ?? null };
}

test("a client lives through a request on a phone", async ({ browser }) => {
  test.setTimeout(180_000);
  const { page, context, faults } = await openPage(browser, { language: "ru", theme: "light", width: 390 });
  const mark = Date.now().toString(36);
  await signInByPassword(page);

  // Two files: one is refused with a sentence, the other and the words stay.
  await page.getByRole("link", { name: "Создать заявку" }).tap();
  await page.getByText("Программа диспетчера").tap();
  await page.getByLabel("Что случилось?").fill(`Графики не строятся ${mark}`);
  await page.getByLabel("Подробнее").fill("С утра пустые, журнал приложил.");
  await answerOwnFields(page);
  await page.locator("input[data-picks=files]").setInputFiles([
    { name: "журнал диспетчера.txt", mimeType: "text/plain", buffer: Buffer.from(`08:00 ок ${mark}\n`) },
    { name: "починить.exe", mimeType: "application/octet-stream", buffer: Buffer.from("MZ") },
  ]);
  const files = page.getByRole("list", { name: "Файлы" }).getByRole("listitem");
  await expect(files).toHaveCount(2);
  await expect(files.filter({ hasText: "починить.exe" })).toContainText(/[А-ЯЁ].*[.!]/);
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await page.getByRole("button", { name: "Убрать файл починить.exe" }).tap();
  await expect(files).toHaveCount(1);
  await expect(page.getByLabel("Подробнее")).toHaveValue(/журнал приложил/);
  // The promise stands over the button, and is the one that the request then shows.
  const promise = page.getByText(/^Ответим .+ до \d\d:\d\d, решим .*до \d\d:\d\d\.$/);
  await expect(promise).toBeVisible();
  const by = /решим (?:.+ )?до (\d\d:\d\d)/.exec((await promise.textContent()) ?? "")?.[1];
  await page.getByRole("button", { name: "Отправить заявку" }).tap();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Заявка принята");
  await expectNoSidewaysScroll(page);
  await page.getByRole("link", { name: "Открыть заявку" }).tap();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Графики не строятся ${mark}`);
  await expect(page.getByRole("article", { name: "Ваше сообщение" })).toContainText("журнал приложил");
  const promises = page.getByRole("list", { name: "Что мы обещали" });
  await expect(promises.getByText(/^Ответим /)).toBeVisible();
  await expect(promises.getByText(/^Решим /)).toContainText(by ?? "no promise");
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: /журнал диспетчера\.txt/ }).tap();
  expect((await download).suggestedFilename()).toBe("журнал диспетчера.txt");

  // Followed live: the answer comes with the status that it brought, not after it.
  const number = Number(/-(\d+)$/.exec(decodeURIComponent(page.url()))?.[1]);
  const at = `/v1/tenants/lis/tickets/${number}`;
  const works = page.getByRole("button", { name: "Уже работает, закрыть заявку" });
  await expect(works).toBeVisible();
  await act(agent, at, "PUT", "/assignment", () => ({ assignee: "me" }));
  await act(agent, at, "POST", "/comments", (t) => answer(t.seen, `Обновили сервер, проверьте ${mark}.`, "resolved"));
  expect((await ticket(at)).category).toBe("resolved");
  await page.reload();
  await expect(works).toBeVisible();
  await expect(page.getByText(/Обновили сервер/)).toHaveCount(0);
  await expect(page.getByText(`Обновили сервер, проверьте ${mark}.`)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("heading", { name: "Всё работает?" })).toBeVisible();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);

  // Not yet: reopened with a word, answered, confirmed.
  await page.getByRole("button", { name: "Нет, возобновить" }).tap();
  await page.getByLabel("Что ещё не так?").fill("Корпус 2 всё ещё пустой");
  await page.getByRole("button", { name: "Возобновить заявку" }).tap();
  await expect(page.getByText("Корпус 2 всё ещё пустой")).toBeVisible();
  await expect.poll(async () => (await ticket(at)).category).toBe("open");
  await act(agent, at, "PUT", "/status", () => ({ to: "resolved" }));
  await expect(page.getByRole("heading", { name: "Всё работает?" })).toBeVisible({ timeout: 20_000 });
  await page.getByRole("button", { name: "Да, всё работает" }).tap();
  await expect(page.getByText(/^Закрыта/).first()).toBeVisible();
  await expect(promises.getByText(/^Решили /)).toBeVisible();
  expect((await ticket(at)).category).toBe("closed");

  // The letter's star is only chosen; every score can be given.
  await page.goto((await starsTo(client)).replace("score=5", "score=2"));
  await expect(page.getByRole("radio", { name: /^2/ })).toBeChecked();
  await expectNoSidewaysScroll(page);
  expect((await ticket(at)).rating).toBeNull();
  await rate(page, 1);
  await expect.poll(async () => (await ticket(at)).rating).toBe(1);
  await page.goto(`${portal("lis")}/requests`);
  await page.getByText(`Графики не строятся ${mark}`).tap();
  for (const score of [2, 3, 4, 5]) {
    await page.getByRole("button", { name: "Изменить оценку" }).tap();
    await rate(page, score);
    await expect(page.getByText(`Ваша оценка: ${score} из 5`)).toBeVisible();
    expect((await ticket(at)).rating).toBe(score);
  }
  await expectNoSidewaysScroll(page);
  expect(faults).toEqual([]);
  await context.close();
});

const answer = (seen: number, body: string, to: string) => ({ text: { format: "plain", body }, seen, anyway: true, status: { to } });

async function signInByPassword(page: Page): Promise<void> {
  await page.goto(`${portal("lis")}/sign-in`);
  await page.getByRole("button", { name: "Войти с паролем" }).tap();
  await page.getByLabel("Электронная почта").fill(client);
  await page.getByLabel("Пароль", { exact: true }).fill(people.password);
  await page.getByRole("button", { name: "Войти", exact: true }).tap();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Олег");
  await expect(page.getByText(/^(Поддержка на связи|Сейчас закрыто)/)).toBeVisible();
  await expectNoSidewaysScroll(page);
}

/** Gives the first answer to every question of the chosen type. */
async function answerOwnFields(page: Page): Promise<void> {
  for (const choice of await page.locator("main select[required]").all()) await choice.selectOption({ index: 1 });
  for (const line of await page.locator("main input[required]:not([type=radio])").all()) {
    if ((await line.inputValue()) === "") await line.fill("3");
  }
}

async function rate(page: Page, score: number): Promise<void> {
  const star = page.getByRole("radio", { name: new RegExp(`^${score} `) });
  await star.locator("..").tap();
  await expect(star).toBeChecked();
  await page.getByRole("button", { name: "Отправить оценку" }).tap();
}
