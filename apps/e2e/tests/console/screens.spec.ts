import { expect, type Page } from "@playwright/test";
import { expectAccessibleInBothThemes } from "../../axe.ts";
import { ask, letIn, origin, prefer } from "../../people.ts";
import { test } from "../../test.ts";

interface Row {
  ref: string;
  tenant: string;
}

interface Screen {
  name: string;
  path: string | ((row: Row) => string);
  /** Brings up what is measured: a dialog, a tab, a selection. */
  open?: (page: Page) => Promise<unknown>;
  /** What has to be there before it is measured; the page's first heading else. */
  see?: (page: Page) => ReturnType<Page["getByRole"]>;
}

const key = (combo: string) => (page: Page) => page.keyboard.press(combo);
const press = (name: RegExp) => (page: Page) => page.getByRole("button", { name }).first().click();
const dialog = (page: Page) => page.getByRole("dialog");
const row = (page: Page) => page.locator("a[data-key]").first();
const ticket = ({ tenant, ref }: Row) => `/t/${tenant}/tickets/${ref}`;
const composer = (page: Page) => page.getByRole("textbox").last();
const tab = (n: number) => (page: Page) => page.getByRole("tab").nth(n).click();
const rest = (path: string) => (r: Row) => `/t/${r.tenant}/settings/${path}`;

const ofAgents: Screen[] = [
  { name: "the queue", path: "/q", see: row },
  {
    name: "peek",
    path: "",
    open: async (page) => [await key("j")(page), await key("Space")(page)],
    see: (page) => page.getByRole("complementary"),
  },
  { name: "a selection and its bar", path: "", open: key("x"), see: (page) => page.getByRole("toolbar") },
  { name: "assign", path: "", open: key("a"), see: dialog },
  { name: "priority", path: "", open: key("p"), see: dialog },
  { name: "status", path: "", open: key("s"), see: dialog },
  { name: "postpone", path: "", open: key("h"), see: dialog },
  { name: "the palette", path: "", open: key("Control+k"), see: dialog },
  { name: "the keys", path: "", open: key("Shift+Slash"), see: dialog },
  {
    name: "my menu",
    path: "",
    open: (page) => page.locator("nav button[aria-haspopup]").last().click(),
    see: (page) => page.getByRole("menu"),
  },
  { name: "an empty list", path: "/q?view=mine&filter=qqqqzzzz" },
  { name: "a ticket", path: ticket, see: composer },
  { name: "a note", path: "", open: key("m"), see: composer },
  { name: "status of a ticket", path: ticket, open: key("s"), see: dialog },
  { name: "postponing a ticket", path: "", open: key("h"), see: dialog },
  { name: "its assignee", path: "", open: key("a"), see: dialog },
  { name: "its fields", path: "", open: key("f"), see: dialog },
  { name: "its macros", path: "", open: key(";"), see: (page) => dialog(page).getByRole("option").first() },
  { name: "its menu", path: "", open: key("."), see: (page) => page.getByRole("menu") },
  { name: "a ticket that is not there", path: (r) => `/t/${r.tenant}/tickets/XX-99999999` },
  { name: "whose new ticket", path: "/new" },
  { name: "a new ticket", path: (r) => `/new?tenant=${r.tenant}`, see: composer },
  { name: "a new ticket, not filled in", path: "", open: key("Control+Enter") },
  { name: "a new ticket of a new client", path: "", open: press(/^(Новый клиент|New client)/) },
  { name: "the profile", path: "/me" },
  { name: "my keys", path: "", open: tab(1) },
  { name: "security", path: "", open: tab(2) },
  { name: "the second factor", path: "", open: press(/^(Включить|Turn on)$/), see: (page) => page.getByRole("img", { name: /QR/ }) },
  { name: "API keys", path: "", open: tab(3) },
  { name: "a new API key", path: "", open: press(/^(Новый ключ|New key)/), see: dialog },
  { name: "a page that is not there", path: "/nowhere" },
  { name: "settings without the right", path: rest("roles") },
];

const ofOwners: Screen[] = [
  { name: "members", path: rest("members"), see: (page) => page.getByRole("table") },
  { name: "inviting", path: "", open: press(/^(Пригласить|Invite)$/), see: dialog },
  { name: "a member", path: "", open: press(/^(Изменить: |Change: )/), see: dialog },
  { name: "roles", path: rest("roles"), see: (page) => page.getByRole("table") },
  { name: "a new role", path: "", open: press(/^(Новая роль|New role)$/), see: dialog },
  { name: "brand", path: rest("brand") },
  { name: "the clock", path: rest("sla"), see: (page) => page.getByRole("list", { name: /^(Исключения|Exceptions)$/ }) },
  { name: "ticket types", path: rest("types"), see: (page) => page.getByRole("list", { name: /^(Типы заявок|Ticket types)$/ }) },
  { name: "macros", path: rest("macros"), see: (page) => page.getByRole("list", { name: /^(Макросы|Macros)$/ }) },
  { name: "processes", path: rest("processes"), see: (page) => page.getByRole("list", { name: /^(Процессы|Processes)$/ }) },
  { name: "providers", path: rest("engagements") },
  { name: "inviting a provider", path: "", open: press(/^(Пригласить исполнителя|Invite a provider)$/), see: dialog },
  { name: "ending with a provider", path: "", open: press(/^(Закончить|End)$/), see: dialog },
  { name: "the audit", path: rest("audit") },
  { name: "mail", path: rest("mail") },
  { name: "a new customer", path: "/tenants/new" },
];

const ofProviders: Screen[] = [
  { name: "the provider", path: "/providers/linia" },
  { name: "offering help", path: "", open: press(/^(Предложить помощь|Offer help)/), see: dialog },
];

/** Each language has people of its own, because a language is a person's. */
const looks = [
  { language: "ru", agent: "maria@linia.example", owner: "owner@acme.example", tenant: "acme" },
  { language: "en", agent: "tom@linia.example", owner: "owner@nordlicht.example", tenant: "nrd" },
] as const;

for (const { language, agent, owner, tenant } of looks) {
  const shown: [string, string, Screen[]][] = [
    ["agents", agent, ofAgents],
    ["owners", owner, ofOwners],
  ];
  if (language === "ru") shown.push(["providers", "vera@linia.example", ofProviders]);
  for (const [whose, email, screens] of shown) {
    test(`every screen of ${whose} is accessible in both themes: ${language}`, async ({ page }) => {
      test.setTimeout(240_000);
      const faults = listen(page);
      await letIn(page, email);
      await page.goto(`${origin}/me`);
      await prefer(page, language, "light");
      const { items } = await ask<{ items: Row[] }>(agent, `/v1/queue?scope=${tenant}&view=all&limit=1`);
      const first = items[0];
      if (!first) throw new Error("the demo's queue is empty");
      for (const screen of screens) await test.step(screen.name, () => measure(page, screen, first));
      await expect(page.locator("html")).toHaveAttribute("lang", language);
      expect(faults).toEqual([]);
    });
  }
}

async function measure(page: Page, { name, path, open, see }: Screen, first: Row): Promise<void> {
  const where = typeof path === "string" ? path : path(first);
  if (where !== "") await page.goto(origin + where);
  await expect(page.getByRole("main").getByRole("heading").first()).toBeAttached();
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  await open?.(page);
  const target = see?.(page) ?? page.getByRole("heading").first();
  await expect(target.first(), name).toBeVisible();
  const within = see === dialog ? "[role=dialog]" : undefined;
  await expectAccessibleInBothThemes(page, name, within);
  if (open && see) {
    await page.keyboard.press("Escape");
    if (see === dialog) await expect(dialog(page)).toHaveCount(0);
  }
}

/** What must not happen on any screen: errors of the page, refusals of its policy, failed requests. */
function listen(page: Page): string[] {
  const faults: string[] = [];
  page.on("pageerror", (e) => faults.push(e.message));
  page.on("console", (m) => m.text().includes("Content Security Policy") && faults.push(m.text()));
  return faults;
}
