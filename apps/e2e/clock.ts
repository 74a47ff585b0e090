import { expect } from "@playwright/test";
import { ask, make, origin, staff } from "./people.ts";

/** Who owns the installation, and so may make a tenant for a test alone. */
export const maker = "vera@linia.example";

let made = 0;

/** A tenant of a test's own, whose clock nobody else sets. */
export async function makeTenant(): Promise<string> {
  made += 1;
  const mark = `${Date.now().toString(36)}${process.pid.toString(36)}${made}`;
  const slug = `clock-${mark}`;
  await make(maker, "/v1/tenants", {
    name: `Часы ${mark}`,
    slug,
    code: `К${mark.slice(-3).toUpperCase()}`,
    time_zone: "Europe/Moscow",
    languages: ["ru", "en"],
  });
  return slug;
}

interface Setting {
  key: string;
  draft: { version: number } | null;
}

/** A setting of the clock, made and published. */
export async function publish(email: string, slug: string, kind: string, key: string, spec: object): Promise<void> {
  const setting = await make<Setting>(email, `/v1/tenants/${slug}/${kind}`, { key, spec });
  await make(email, `/v1/tenants/${slug}/${kind}/${key}/publications`, { draft: setting.draft?.version, running: "keep" });
}

const day = [
  ["09:00", "13:00"],
  ["14:00", "18:00"],
];

/** Five days of eight hours, round the clock, and one policy by both, tried first; with `when` it is for some tickets alone. */
export async function usualClock(email: string, slug: string, mark = "", when?: object): Promise<void> {
  const name = (ru: string, en: string) => ({ ru: ru + mark, en: en + mark });
  await publish(email, slug, "calendars", `office${mark}`, {
    name: name("5×8 МСК", "5×8 MSK"),
    time_zone: "Europe/Moscow",
    weekly: { mon: day, tue: day, wed: day, thu: day, fri: day },
  });
  await publish(email, slug, "calendars", `always${mark}`, { name: name("24×7", "24×7"), time_zone: "Europe/Moscow", always: true });
  const target = (first_response: number, resolution: number) => ({ calendar: `always${mark}`, first_response, resolution });
  await publish(email, slug, "sla-policies", `gold${mark}`, {
    name: name("Gold", "Gold"),
    when,
    targets: { 1: target(15, 240), 2: target(60, 480), 3: { ...target(120, 1440), calendar: `office${mark}` }, 4: target(240, 2400) },
    pause_in: ["pending"],
  });
  const { items } = await ask<{ items: Setting[] }>(email, `/v1/tenants/${slug}/sla-policies`);
  const mine = `gold${mark}`;
  const keys = [mine, ...items.map((one) => one.key).filter((key) => key !== mine)];
  await change(email, "PUT", `/v1/tenants/${slug}/sla-policies/order`, { keys });
}

/** Changes something by a person's own key, upon its version where that is asked for. */
export async function change(email: string, method: "PUT" | "PATCH", path: string, body: unknown, version?: number): Promise<void> {
  const answer = await fetch(origin + path, {
    method,
    headers: {
      Authorization: `Bearer ${staff(email).api_key}`,
      "Content-Type": "application/json",
      ...(version && { "If-Match": `"v${version}"` }),
    },
    body: JSON.stringify(body),
  });
  expect(answer.ok, `${path} → ${answer.status} ${await answer.clone().text()}`).toBe(true);
}
