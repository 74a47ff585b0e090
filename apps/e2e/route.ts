import type { Page } from "@playwright/test";
import { change, maker, makeTenant } from "./clock.ts";
import { letterTo } from "./letters.ts";
import { ask, begin, make, openTicket, origin, visit } from "./people.ts";

/** A group of a tenant, with its people. */
export async function makeGroup(slug: string, key: string, ru: string, en: string, members: string[] = []): Promise<void> {
  await change(maker, "PUT", `/v1/tenants/${slug}/groups/${key}`, { spec: { name: { ru, en } }, members });
}

interface Setting {
  draft: { version: number } | null;
}

/** The rules of a tenant, drafted and published by the API. */
export async function publishRules(slug: string, rules: object[], group: string): Promise<void> {
  await change(maker, "PATCH", `/v1/tenants/${slug}/routing/draft`, { spec: { rules, default: { group } } });
  const { draft } = await ask<Setting>(maker, `/v1/tenants/${slug}/routing`);
  await make(maker, `/v1/tenants/${slug}/routing/publications`, { draft: draft?.version });
}

export interface Newcomer {
  id: string;
  name: string;
  /** Signs the browser in as them and goes there. */
  open: (page: Page, path: string) => Promise<void>;
}

let came = 0;

/** Somebody new who runs a tenant and reads one language: nobody else changes what they see. */
export async function newcomer(
  slug: string,
  language: "ru" | "en",
  { name = language === "ru" ? "Нина Лаврова" : "Nina Lavrova", role = "admin" } = {},
): Promise<Newcomer> {
  came += 1;
  const email = `nina.${Date.now().toString(36)}${process.pid.toString(36)}${came}@example.com`;
  const password = "vosem-sorok-pod-dozhdem";
  await make(maker, `/v1/tenants/${slug}/invitations`, { email, roles: [role] });
  const { path } = await letterTo(email, "invitations");
  const answer = await fetch(`${origin}/v1${path}/acceptance`, {
    method: "POST",
    headers: { Origin: origin, "Content-Type": "application/json" },
    body: JSON.stringify({ name, password, language }),
  });
  if (!answer.ok) throw new Error(`${email} could not come in: ${answer.status} ${await answer.text()}`);
  const { items } = await ask<{ items: { id: string; email: string }[] }>(maker, `/v1/tenants/${slug}/members`);
  const id = items.find((one) => one.email === email)?.id ?? "";
  const open = async (page: Page, to: string) => {
    const session = await begin(email, password);
    await page.context().addCookies([{ ...session, url: origin, httpOnly: true, sameSite: "Lax" }]);
    await visit(page, to);
  };
  return { id, name, open };
}

/** A tenant of a test's own, whose one agent is in «Сервис»; in «Общая» there is nobody. */
export async function routedTenant(language: "ru" | "en"): Promise<{ slug: string; me: Newcomer }> {
  const slug = await makeTenant();
  const me = await newcomer(slug, language);
  await makeGroup(slug, "service", "Сервис", "Service", [me.id]);
  await makeGroup(slug, "common", "Общая", "Common");
  return { slug, me };
}

/** Such a tenant with two in «Сервис», between whom tickets are shared by load. */
export async function sharedTenant(language: "ru" | "en"): Promise<{ slug: string; me: Newcomer; other: Newcomer }> {
  const { slug, me } = await routedTenant(language);
  const other = await newcomer(slug, language, { name: language === "ru" ? "Глеб Орлов" : "Gleb Orlov" });
  await makeGroup(slug, "service", "Сервис", "Service", [me.id, other.id]);
  const then = { group: "service", strategy: "least_loaded" };
  await publishRules(slug, [{ key: "all", name: { ru: "Все", en: "All" }, then, stop: true }], "common");
  return { slug, me, other };
}

/** Gives tickets to somebody, whatever the rules say. */
export async function give(slug: string, refs: string[], person: string): Promise<void> {
  await make(maker, `/v1/tenants/${slug}/distributions`, { items: refs.map((ref) => ({ ref, person })) });
}

/** Who has a ticket now, by name. */
export async function assignee(slug: string, number: number): Promise<string | undefined> {
  return (await ask<{ assignee: { name: string } | null }>(maker, `/v1/tenants/${slug}/tickets/${number}`)).assignee?.name;
}

/** Several tickets at once, each about a sensor or not. */
export async function openSome(slug: string, subjects: string[], more: object = {}): Promise<{ ref: string; number: number }[]> {
  const made = [];
  for (const subject of subjects) made.push(await openTicket(maker, slug, { subject, ...more }));
  return made;
}
