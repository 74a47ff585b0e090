import { expect, type Page, test } from "@playwright/test";
import { expectAccessibleInBothThemes } from "../../axe.ts";

const minute = 60_000;
const hour = 60 * minute;
const start = Date.parse("2026-11-23T05:30:00Z");

/** A desk with hours of its own in a zone without clock changes in these days. */
interface Desk {
  zone: string;
  east: number;
  hours: [from: number, to: number][] | "always";
}

const desks: Desk[] = [
  {
    zone: "Europe/Moscow",
    east: 3,
    hours: [
      [9, 13],
      [14, 18],
    ],
  },
  { zone: "Asia/Vladivostok", east: 10, hours: [[9, 18]] },
  { zone: "America/New_York", east: -5, hours: [[8, 12]] },
  { zone: "Europe/Moscow", east: 3, hours: "always" },
];

/** Working days are Monday to Friday; a minute is open or it is not. */
function open(desk: Desk, at: number): boolean {
  if (desk.hours === "always") return true;
  const local = new Date(at + desk.east * hour);
  const time = local.getUTCHours() + local.getUTCMinutes() / 60;
  return local.getUTCDay() % 6 !== 0 && desk.hours.some(([from, to]) => time >= from && time < to);
}

function worked(desk: Desk, from: number, to: number): number {
  let minutes = 0;
  for (let at = from; at < to; at += minute) if (open(desk, at)) minutes += 1;
  return minutes;
}

/** What a server would answer at that moment, reckoned minute by minute. */
function answer(desk: Desk, due: number, target: number, at: number) {
  let turn = at;
  while (turn < at + 200 * hour && open(desk, turn) === open(desk, at)) turn += minute;
  return {
    kind: "resolution",
    due_at: new Date(due).toISOString(),
    target_seconds: target * 60,
    working_seconds_left: (at < due ? worked(desk, at, due) : -worked(desk, due, at)) * 60,
    open_now: open(desk, at),
    changes_at: desk.hours === "always" ? null : new Date(turn).toISOString(),
    always: desk.hours === "always",
    time_zone: desk.zone,
    breached: at >= due,
  };
}

function dueOf(desk: Desk, target: number): number {
  let at = start;
  for (let left = target; left > 0; at += minute) if (open(desk, at)) left -= 1;
  return at;
}

// Forty moments over a day and a night, at odd minutes.
const moments = Array.from({ length: 40 }, (_, n) => start + (n + 1) * 41 * minute);
const targets = [480, 300, 120, 245];
const plain = (text: string | null): string => (text ?? "").replaceAll("\u00a0", " ");

function words(minutes: number, always: boolean): string {
  const late = minutes <= 0;
  const size = Math.abs(minutes);
  if (late && size === 0) return "Просрочено −1 с";
  const seconds = !late && size < 5;
  const parts = [Math.floor(size / 60) > 0 && `${Math.floor(size / 60)} ч`, size % 60 > 0 && `${size % 60} мин`];
  const text = parts.filter(Boolean).join(" ");
  return late ? `Просрочено −${text}` : seconds && size === 0 ? "0 с" : always ? text : `${text} раб.`;
}

for (const agent of ["Europe/Moscow", "Asia/Vladivostok", "America/New_York"]) {
  test.describe(`an agent in ${agent}`, () => {
    test.use({ timezoneId: agent });

    test("sees at forty moments what is left of the working time, counted on from the last answer", async ({ page }) => {
      await page.clock.install({ time: start });
      await page.goto("/?part=clock&lang=ru");
      await page.clock.pauseAt(start + 20 * minute);
      const deals = desks.map((desk, index) => ({ desk, target: targets[index] ?? 60, due: dueOf(desk, targets[index] ?? 60) }));
      let read = 0;
      for (const at of moments) {
        // A server would tell of each turn of a desk; between turns the page counts alone.
        const turned = deals.some(({ desk }) => read === 0 || turns(desk, read, at));
        await goTo(page, at);
        if (turned) {
          read = at;
          await page.evaluate(
            (clocks) => dispatchEvent(new CustomEvent("clocks", { detail: clocks })),
            deals.map(({ desk, due, target }) => answer(desk, due, target, at)),
          );
        }
        const want = deals.map(({ desk, due }) =>
          words(at < due ? worked(desk, at, due) : -worked(desk, due, at), desk.hours === "always"),
        );
        const shown = async () => (await page.locator("[data-look=short]").allTextContents()).map(plain);
        await expect.poll(shown, new Date(at).toISOString()).toEqual(want);
      }
    });
  });
}

test("promises in both looks and languages", async ({ page }) => {
  for (const lang of ["ru", "en"]) {
    await page.goto(`/?part=clock&lang=${lang}`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await expectAccessibleInBothThemes(page, `clocks in ${lang}`);
  }
  await page.locator("[data-look=short]").first().hover();
  await expect(page.getByRole("tooltip")).toContainText("MSK");
});

function turns(desk: Desk, from: number, to: number): boolean {
  for (let at = from; at <= to; at += minute) if (open(desk, at) !== open(desk, from)) return true;
  return false;
}

async function goTo(page: Page, at: number): Promise<void> {
  const now = await page.evaluate(() => Date.now());
  if (at > now) await page.clock.fastForward(at - now);
}
