import { change, maker, makeTenant } from "./clock.ts";
import { ask, make, openTicket } from "./people.ts";

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

/** Who works at a tenant, by name. */
export async function memberOf(slug: string, email = maker): Promise<{ id: string; name: string }> {
  const { items } = await ask<{ items: { id: string; name: string; email: string }[] }>(maker, `/v1/tenants/${slug}/members`);
  const found = items.find((one) => one.email === email);
  if (!found) throw new Error(`${email} does not work at ${slug}`);
  return found;
}

/** A tenant of a test's own with two groups, «Сервис» with its maker in it and «Общая» with nobody. */
export async function routedTenant(): Promise<{ slug: string; me: { id: string; name: string } }> {
  const slug = await makeTenant();
  const me = await memberOf(slug);
  await makeGroup(slug, "service", "Сервис", "Service", [me.id]);
  await makeGroup(slug, "common", "Общая", "Common");
  return { slug, me };
}

/** Several tickets at once, each about a sensor or not. */
export async function openSome(slug: string, subjects: string[], more: object = {}): Promise<{ ref: string; number: number }[]> {
  const made = [];
  for (const subject of subjects) made.push(await openTicket(maker, slug, { subject, ...more }));
  return made;
}
