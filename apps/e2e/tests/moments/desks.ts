import { writeFileSync } from "node:fs";
import { expect } from "@playwright/test";
import { caught, header, mailbox } from "../../mail.ts";
import { begin, type Desk, date, day, dueAfter, hour, minute, type Promised, worked } from "./reference.ts";

export const origin = process.env.MANYDESK_ORIGIN ?? "http://localhost:8080";
const password = "shest-lun-nad-polem";
const moment = process.env.MANYDESK_TEST_MOMENT ?? "";

/** Puts the clock of the product, which stands, to an instant. */
export const setClock = (at: number): void => writeFileSync(moment, new Date(at).toISOString());

const workdays = (...hours: [string, string][]) => Object.fromEntries(["mon", "tue", "wed", "thu", "fri"].map((name) => [name, hours]));

/**
 * Three desks. Moscow has lunch, a Saturday that is worked and a holiday; Berlin works through the
 * hour that is skipped, Lord Howe through the half-hour that comes twice.
 */
export const desks: Desk[] = [
  {
    slug: "moscow",
    name: "Касса",
    zone: "Europe/Moscow",
    weekly: workdays(["09:00", "13:00"], ["14:00", "18:00"]),
    holidays: [date(5)],
    extra_days: [{ date: date(1), hours: [["10:00", "15:00"]] }],
  },
  {
    slug: "berlin",
    name: "Lager",
    zone: "Europe/Berlin",
    weekly: { ...workdays(["08:30", "17:00"]), sat: [["10:00", "14:00"]], sun: [["00:00", "06:00"]] },
  },
  {
    slug: "lordhowe",
    name: "Harbour",
    zone: "Australia/Lord_Howe",
    weekly: { ...workdays(["08:00", "16:30"]), sun: [["00:00", "04:00"]] },
  },
];

/** Working minutes of resolution by priority; the most urgent is promised an answer too. */
export const targets: Record<number, { first_response?: number; resolution: number }> = {
  1: { first_response: 95, resolution: 400 },
  2: { resolution: 1150 },
  3: { resolution: 2330 },
  4: { resolution: 3425 },
};

export class Person {
  cookie = { name: "", value: "" };

  constructor(answer: Response) {
    this.#keep(answer);
  }

  // Whoever enters anew, by an invitation too, gets a session anew.
  #keep(answer: Response): void {
    const [name, value] = (answer.headers.getSetCookie()[0] ?? "").split(";")[0]?.split("=") ?? [];
    if (name && value) this.cookie = { name, value };
  }

  async ask<T>(method: string, path: string, body?: unknown, more: Record<string, string> = {}): Promise<T> {
    const answer = await send(method, path, body, { ...more, Cookie: `${this.cookie.name}=${this.cookie.value}` });
    this.#keep(answer);
    const text = await answer.text();
    expect(answer.ok, `${method} ${path} → ${answer.status} ${text}`).toBe(true);
    return (text ? JSON.parse(text) : undefined) as T;
  }
}

async function send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(origin + path, {
    method,
    headers: { Origin: origin, ...(body !== undefined && { "Content-Type": "application/json" }), ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
}

/** The house of the test, made once: an owner who reads Russian, a colleague who reads English, three desks. */
export async function makeHouse(): Promise<Record<"ru" | "en", Person>> {
  const tenant = ({ slug, name, zone }: Desk) => ({ slug, name, time_zone: zone, languages: ["ru", "en"] });
  const [first, ...others] = desks;
  const owner = { name: "Ася Громова", email: "asya@example.com", password, language: "ru" };
  const ru = new Person(await send("POST", "/v1/setup", { owner, tenant: first && tenant(first) }));
  for (const desk of others) await ru.ask("POST", "/v1/tenants", tenant(desk));
  let en: Person | undefined;
  for (const { slug, name } of desks) {
    const email = "kim@example.com";
    await ru.ask("POST", `/v1/tenants/${slug}/invitations`, { email, roles: ["admin"] });
    const link = /\/invitations\/[\w.~-]+/;
    const letter = await caught((l) => mailbox(header(l, "To")) === email && l.text.includes(name) && link.test(l.text));
    const accept = `/v1${link.exec(letter.text)?.[0]}/acceptance`;
    const body = { name: "Kim Reed", password, language: "en" };
    if (en) await en.ask("POST", accept, body);
    else en = new Person(await send("POST", accept, body));
  }
  for (const desk of desks) await agree(ru, desk);
  return { ru, en: en as Person };
}

async function agree(person: Person, desk: Desk): Promise<void> {
  const { slug, name, zone, weekly, holidays, extra_days } = desk;
  const words = { ru: name, en: name };
  const publish = async (kind: string, key: string, spec: object) => {
    const { draft } = await person.ask<{ draft: { version: number } }>("POST", `/v1/tenants/${slug}/${kind}`, { key, spec });
    await person.ask("POST", `/v1/tenants/${slug}/${kind}/${key}/publications`, { draft: draft.version, running: "keep" });
  };
  await publish("calendars", "hours", { name: words, time_zone: zone, weekly, holidays, extra_days });
  await publish("sla-policies", "gold", {
    name: words,
    targets: Object.fromEntries(Object.entries(targets).map(([priority, target]) => [priority, { calendar: "hours", ...target }])),
    pause_in: ["pending"],
  });
  const { items } = await person.ask<{ items: { key: string }[] }>("GET", `/v1/tenants/${slug}/sla-policies`);
  const keys = ["gold", ...items.map((one) => one.key).filter((key) => key !== "gold")];
  await person.ask("PUT", `/v1/tenants/${slug}/sla-policies/order`, { keys });
}

/** Four tickets at each desk, opened at odd hours of the first day; the deadline of one is moved. */
export async function openTickets(person: Person): Promise<Promised[]> {
  const all: Promised[] = [];
  for (const [turn, priority] of [4, 2, 1, 3].entries()) {
    for (const [place, desk] of desks.entries()) {
      const started = begin + (6 + turn) * hour + place * 17 * minute;
      setClock(started);
      const { number, ref } = await person.ask<{ number: number; ref: string }>("POST", `/v1/tenants/${desk.slug}/tickets`, {
        subject: `${desk.name}, P${priority}`,
        text: { format: "plain", body: "Не печатает." },
        contact: { email: `client${priority}@example.com`, name: "Пётр Ильин" },
        type: "question",
        priority,
      });
      const { first_response, resolution } = targets[priority] ?? { resolution: 0 };
      const target = first_response ?? resolution;
      const promised: Promised = {
        ref,
        desk,
        kind: first_response ? "first_response" : "resolution",
        started,
        due: dueAfter(desk, started, target),
        target,
      };
      if (priority === 4 && place === 0) {
        promised.due = begin + 4 * day + 9 * hour + 12 * minute;
        promised.target = worked(desk, started, promised.due) / 60;
        const effect = { due_at: new Date(promised.due).toISOString() };
        await person.ask("POST", `/v1/tenants/${desk.slug}/tickets/${number}/sla-exceptions`, { effect, reason: "Ждём поставку" });
      }
      all.push(promised);
    }
  }
  await pause(
    person,
    all.filter((one) => one.target === targets[2]?.resolution),
  );
  return all;
}

/** Lets the clocks of tickets stand for a while: over the lunch in Moscow, in the morning in Berlin, in the night on Lord Howe. */
async function pause(person: Person, tickets: Promised[]): Promise<void> {
  const [from, to] = [begin + 9 * hour + 40 * minute, begin + 10 * hour + 30 * minute];
  const move = async (body: object) => {
    for (const { desk, ref } of tickets) {
      const at = `/v1/tenants/${desk.slug}/tickets/${ref.split("-").at(-1)}`;
      const { version } = await person.ask<{ version: number }>("GET", at);
      await person.ask("PUT", `${at}/status`, body, { "If-Match": `"v${version}"` });
    }
  };
  setClock(from);
  await move({ to: "pending", until: new Date(begin + 20 * day).toISOString(), comment: "Ждём лог" });
  setClock(to);
  await move({ to: "open" });
  for (const one of tickets) {
    one.pause = { from, to };
    one.due = dueAfter(one.desk, one.started, one.target + worked(one.desk, from, to) / 60);
  }
}
