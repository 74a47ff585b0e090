import { type Browser, expect, type Page } from "@playwright/test";
import { test } from "../../test.ts";
import { desks, makeHouse, openTickets, origin, type Person, setClock, targets } from "./desks.ts";
import { begin, counted, type Desk, dueAfter, hour, isOpen, left, local, minute, type Promised, turn, way } from "./reference.ts";
import { bar, chip, dated, type Language, plain, reasons, recent, used } from "./words.ts";

interface Row {
  ref: string;
  sla: {
    due_at: string;
    working_seconds_left: number;
    open_now: boolean;
    changes_at: string;
    time_zone: string;
    breached: boolean;
    kind: string;
  };
}
interface Reasoned {
  kind: string;
  due_at: string;
  target_seconds: number;
  working_seconds_used: number;
  working_seconds_left: number;
  segments: { from: string; to: string; kind: string; seconds: number }[];
}

const languages: Language[] = ["ru", "en"];
const said = {
  ru: {
    preview: "Предпросмотр",
    at: "Создана (пусто — сейчас)",
    resolution: "Решение",
    due: "Почему срок",
    why: "Почему так",
    list: "Список заявок",
  },
  en: { preview: "Preview", at: "Created (empty: now)", resolution: "Resolution", due: "Why due", why: "Why so", list: "List of tickets" },
};
const named = { "Europe/Moscow": { ru: "МСК", en: "MSK" } } as Record<string, Record<Language, string>>;
const iso = (at: number): string => new Date(at).toISOString();
const instant = (text: string): number => Date.parse(text);

/** Forty-two odd moments of eleven days, none of them close to a deadline: seconds are another test's. */
function momentsFor(tickets: Promised[]): number[] {
  return Array.from({ length: 42 }, (_, n) => {
    let at = begin + 12 * hour + n * (6 * hour + 7 * minute) + 30_000;
    while (tickets.some(({ desk, due }) => Math.abs(left(desk, due, at)) < 6 * 60 || Math.abs(due - at) < 6 * minute)) at += 7 * minute;
    return at;
  });
}

const stretches = (desk: Desk, from: number, to: number, pause?: Promised["pause"]) =>
  way(desk, from, to, pause).map((one) => ({ from: one.from, to: one.to, kind: one.kind as string, seconds: (one.to - one.from) / 1000 }));
const read = (segments: Reasoned["segments"]) => segments.map((one) => ({ ...one, from: instant(one.from), to: instant(one.to) }));

/** A page with its clock installed; `ready` is what it shows when nothing that it asked for can run out of time any more. */
async function newPage(browser: Browser, person: Person, path: string, ready: string): Promise<Page> {
  const context = await browser.newContext({ timezoneId: "Asia/Kolkata", locale: "en-GB", viewport: { width: 1440, height: 900 } });
  await context.addCookies([{ ...person.cookie, url: origin, httpOnly: true, sameSite: "Lax" }]);
  const page = await context.newPage();
  await page.clock.install({ time: begin + 11 * hour });
  await page.goto(origin + path);
  // Eight pages are opened at once.
  await page.locator(ready).first().waitFor({ timeout: 60_000 });
  return page;
}

/** Moves the browser's clock on and lets the page look again, as a person does who comes back to it. */
async function comeBack(page: Page, at: number): Promise<void> {
  const now = await page.evaluate(() => Date.now());
  await page.clock.fastForward(at - now);
  await page.evaluate(() => window.dispatchEvent(new Event("visibilitychange")));
}

/** Opens the sheet of reasons by its key and reads all that it says of the deadline. */
async function expectReasons(page: Page, one: Promised, language: Language): Promise<void> {
  await page.keyboard.press("w");
  const sheet = page.getByRole("dialog", { name: said[language].why });
  const part = sheet.locator("section", { has: page.getByRole("table") }).last();
  await part.waitFor();
  const found = await part.evaluate((section) => ({
    sum: [...section.querySelectorAll("dl > *")].map((each) => each.textContent),
    way: [...section.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("td")].map((cell) => cell.textContent)),
    all: [...section.querySelectorAll("time")].map((time) => `${time.textContent} ${time.nextElementSibling?.textContent}`),
  }));
  const expected = reasons(one, language);
  const sum = found.sum.map(plain);
  expect(sum.slice(1, -2).filter((_text, at) => at % 2 === 0)).toEqual(expected.sum);
  expect(sum.at(-2)).toBe(expected.start);
  expect(sum.at(-1)).toContain(expected.due);
  expect(found.way.map(([when, ...rest]) => [plain(when ?? "").split(" – ")[0], ...rest.map(plain)])).toEqual(expected.way);
  expect(found.all.map(plain)).toEqual(expect.arrayContaining(expected.steps));
  await page.keyboard.press("Escape");
  await sheet.waitFor({ state: "detached" });
}

test.describe.configure({ mode: "serial" });

let house: Record<Language, Person>;
let tickets: Promised[];
let moments: number[];

test.beforeAll(async () => {
  setClock(begin);
  test.setTimeout(60_000);
  house = await makeHouse();
  tickets = await openTickets(house.ru);
  moments = momentsFor(tickets);
  setClock(begin + 11 * hour);
});

test("the queue’s order and the reasons at forty-two moments in three zones, told in both languages", async ({ browser }) => {
  test.setTimeout(240_000);
  // Of each desk the ticket of the second priority is looked at closely.
  const watched = desks.map((desk) => tickets.find((one) => one.desk === desk && one.target === targets[2]?.resolution) as Promised);
  const open = async (language: Language) => {
    const [queue, ...asked] = await Promise.all([
      newPage(browser, house[language], "/q?view=all", "[data-step]"),
      ...watched.map((one) => newPage(browser, house[language], `/t/${one.desk.slug}/tickets/${one.ref}`, "aside [role=img]")),
    ]);
    return { queue, asked };
  };
  const [ru, en] = await Promise.all([open("ru"), open("en")]);
  const pages = { ru, en };
  for (const [n, at] of moments.entries()) {
    await test.step(iso(at), async () => {
      setClock(at);
      const { items } = await house.ru.ask<{ items: Row[] }>("GET", "/v1/queue?view=all&limit=50");
      const promised = items.map((row) => tickets.find((one) => one.ref === row.ref) as Promised);
      expect(promised.length).toBe(tickets.length);
      const lefts = promised.map(({ desk, due }) => left(desk, due, at));
      expect(lefts, "the order").toEqual(lefts.toSorted((a, b) => a - b));
      expect(
        items.map(({ sla }) => [
          sla.kind,
          instant(sla.due_at),
          sla.working_seconds_left,
          sla.open_now,
          instant(sla.changes_at),
          sla.breached,
        ]),
      ).toEqual(promised.map(({ desk, due, kind }) => [kind, due, left(desk, due, at), isOpen(desk, at), turn(desk, at), at >= due]));

      const place = n % desks.length;
      const one = watched[place] as Promised;
      const why = await house.en.ask<{ clocks: Reasoned[] }>(
        "GET",
        `/v1/tenants/${one.desk.slug}/tickets/${one.ref.split("-").at(-1)}/sla-why`,
      );
      const clock = why.clocks.find(({ kind }) => kind === "resolution") as Reasoned;
      expect([instant(clock.due_at), clock.working_seconds_used, clock.working_seconds_left]).toEqual([
        one.due,
        counted(one, at),
        one.target * 60 - counted(one, at),
      ]);
      expect(read(clock.segments)).toEqual(stretches(one.desk, one.started, one.due, one.pause));

      const language = languages[n % 2] as Language;
      const { queue, asked } = pages[language];
      const page = asked[place] as Page;
      await Promise.all([comeBack(queue, at), comeBack(page, at)]);
      const list = queue.getByRole("region", { name: said[language].list });
      const shown = () =>
        list.evaluate((region) => ({
          refs: [...region.querySelectorAll("a[data-key]")].map((link) =>
            decodeURIComponent(link.getAttribute("href")?.split("/").pop() ?? ""),
          ),
          chips: [...region.querySelectorAll("[data-step]")].map((one) => one.textContent),
        }));
      await expect
        .poll(
          async () => {
            const { refs, chips } = await shown();
            return refs.map((ref, i) => `${ref} ${plain(chips[i] ?? "")}`);
          },
          { intervals: [50, 50, 100, 100, 250] },
        )
        .toEqual(promised.map(({ ref }, i) => `${ref} ${chip(lefts[i] ?? 0, language)}`));

      const heading = page.getByRole("heading", { name: new RegExp(`^${said[language].due}`) });
      const card = page.getByRole("complementary").locator("section", { has: heading });
      await expect(card.getByText(used(one, at, language), { exact: true })).toBeVisible();
      await expect(card.getByRole("heading")).toContainText(`${said[language].due} ${recent(one.due, at, one.desk.zone, language)}`);
      expect(plain(await card.getByRole("img").getAttribute("aria-label"))).toBe(bar(one, at, language));
      await expectReasons(page, one, language);
    });
  }
});

for (const language of languages) {
  test(`the preview at forty-two moments in three zones, ${language}`, async ({ browser }) => {
    test.setTimeout(240_000);
    const forms = await Promise.all(
      desks.map(async (desk) => {
        const page = await newPage(browser, house[language], `/t/${desk.slug}/settings/sla`, "main table, main li");
        await page.getByRole("button", { name: desk.name, exact: true }).first().click();
        return page;
      }),
    );
    for (const [n, at] of moments.map((moment) => moment - (moment % minute)).entries()) {
      await Promise.all(
        desks.map(async (desk, place) => {
          const due = dueAfter(desk, at, 1150);
          const preview = await house[language].ask<{ clocks: Reasoned[] }>("POST", `/v1/tenants/${desk.slug}/deadline-previews`, {
            at: iso(at),
            priority: 2,
          });
          expect(preview.clocks.map(({ kind, due_at }) => [kind, instant(due_at)])).toEqual([["resolution", due]]);
          expect(read(preview.clocks[0]?.segments ?? [])).toEqual(stretches(desk, at, due));
          if (n % desks.length !== place) return;
          const page = forms[place] as Page;
          const here = local(at, "Asia/Kolkata");
          await page.getByLabel(said[language].at).fill(`${here.date}T${here.time}`);
          const shown = page.getByRole("complementary", { name: said[language].preview }).locator("dl").first();
          const zone = named[desk.zone]?.[language] ?? "UTC";
          await expect
            .poll(async () => plain(await shown.textContent()), iso(at))
            .toContain(`${said[language].resolution}${dated(due, desk.zone, language)} ${zone}`);
        }),
      );
    }
  });
}
