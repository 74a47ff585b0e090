// The person: session, profile, queue, search.
import { tell } from "./live.mjs";
import { counts, myTenants, queue, session, sessionView, views } from "./session.mjs";
import { everything, record, refOf, rowView, tickets } from "./tickets.mjs";
import { me, minutes, now, password, person, tenants } from "./world.mjs";

const no = (status, code, title, extra) => ({ status, code, title, extra });
const sessions = [
  { id: "ses_1", created_at: minutes(-3000), seen_at: now(), ip: "127.0.0.1", agent: "Chromium 156, Linux", current: true },
  { id: "ses_2", created_at: minutes(-9000), seen_at: minutes(-700), ip: "192.0.2.14", agent: "Firefox 148, Windows", current: false },
];
const keys = [
  {
    id: "key_1",
    name: "Выгрузка в отчёты",
    scopes: ["ticket.read"],
    tenants: ["acme"],
    created_at: minutes(-90_000),
    expires_at: null,
    last_used_at: minutes(-60),
  },
];

export const personRoutes = [
  ["GET session", () => sessionView()],
  [
    "POST session",
    ({ body }) => {
      if (body.password !== password) throw no(401, "sign_in_failed", "Неверная почта или пароль.");
      if (body.email.startsWith("totp")) throw no(401, "second_factor_required", "Введите код из приложения.", { challenge: "chl_1" });
      session.on = true;
      return sessionView();
    },
  ],
  [
    "POST session/second-factor",
    ({ body }) => {
      if (body.code !== "123456") throw no(401, "sign_in_failed", "Код не подошёл.");
      session.on = true;
      return sessionView();
    },
  ],
  ["DELETE session", () => leave()],
  ["POST session/reauthentication", () => ({ $status: 204 })],
  ["POST password-resets", () => ({ $status: 202, $body: {} })],
  [
    "GET password-resets/:token",
    ({ params }) => {
      if (params.token === "old") throw no(410, "gone", "Ссылка больше не действует.");
      return { email: me.email };
    },
  ],
  [
    "PUT password-resets/:token",
    () => {
      session.on = true;
      return { $status: 201, $body: sessionView() };
    },
  ],
  [
    "GET invitations/:token",
    ({ params }) => {
      if (params.token === "old") throw no(410, "gone", "Приглашение больше не действует.");
      return {
        email: "new@pomosh.example",
        tenant: { name: tenants[0].name, look: tenants[0].look },
        provider: null,
        roles: ["Специалист"],
        known: false,
      };
    },
  ],
  [
    "POST invitations/:token/acceptance",
    () => {
      session.on = true;
      return sessionView();
    },
  ],
  [
    "POST setup",
    ({ body }) => {
      session.on = true;
      session.needsSetup = false;
      me.name = body.owner.name;
      return sessionView();
    },
  ],
  ["GET me", () => me],
  ["PATCH me", ({ body }) => Object.assign(me, { ...body, prefs: { ...me.prefs, ...body.prefs }, version: me.version + 1 })],
  [
    "PUT me/password",
    ({ body }) => {
      if (body.current !== password)
        throw no(422, "validation_failed", "Проверьте отмеченные поля.", {
          errors: [{ pointer: "/body/current", code: "pattern", detail: "Пароль не подошёл." }],
        });
      return null;
    },
  ],
  [
    "POST me/totp",
    () => ({
      secret: "JBSWY3DPEHPK3PXP",
      otpauth_url: "otpauth://totp/Manydesk:maria%40pomosh.example?secret=JBSWY3DPEHPK3PXP&issuer=Manydesk",
    }),
  ],
  [
    "PUT me/totp",
    ({ body }) => {
      if (body.code !== "123456") throw no(422, "validation_failed", "Код не подошёл.");
      me.totp = true;
      return { recovery_codes: ["q7rk-2m9x", "h3vn-8w4p", "t6bd-5c1z", "m2fs-9j7g", "x8ka-3n6r", "p4zy-7v2d", "w9hc-1q5t", "b5gm-6s8f"] };
    },
  ],
  ["DELETE me/totp", () => forgetTotp()],
  ["GET me/sessions", () => ({ items: sessions, next: null })],
  [
    "DELETE me/sessions/:id",
    ({ params }) =>
      void sessions.splice(
        sessions.findIndex((s) => s.id === params.id),
        1,
      ),
  ],
  ["GET me/api-keys", () => ({ items: keys, next: null })],
  [
    "POST me/api-keys",
    ({ body }) => {
      const made = { id: `key_${keys.length + 1}`, ...body, created_at: now(), last_used_at: null };
      keys.push(made);
      return { ...made, key: "mdk_live_a1b2c3d4_Qm9yaXNJc05vdEFLZXlCdXRMb29rc0xpa2VPbmVIZXJl9fK2xY" };
    },
  ],
  [
    "DELETE me/api-keys/:id",
    ({ params }) =>
      void keys.splice(
        keys.findIndex((s) => s.id === params.id),
        1,
      ),
  ],
  ["GET me/tenants", () => ({ items: myTenants(), next: null })],
  [
    "PUT me/pins",
    ({ body }) => {
      session.pins = body.slugs;
      return { items: myTenants() };
    },
  ],
  ["GET tenants", () => ({ items: myTenants(), next: null })],
  [
    "POST tenants",
    ({ body }) => {
      if (tenants.some((t) => t.slug === body.slug)) throw no(409, "already_exists", `Уже есть: ${body.slug}.`);
      const made = { ...tenants[5], ...body, code: body.code ?? body.slug.toUpperCase().slice(0, 4) };
      tenants.push(made);
      return made;
    },
  ],
  [
    "GET queue",
    ({ query }) => {
      const all = queue(query.get("scope") ?? "all", query.get("view") ?? "urgent");
      const words = (query.get("filter") ?? "").toLowerCase();
      const found = all.filter((r) => matches(r, words));
      const from = Number(query.get("cursor") ?? 0);
      const limit = Number(query.get("limit") ?? 50);
      return {
        items: found.slice(from, from + limit),
        next: from + limit < found.length ? String(from + limit) : null,
        counts: from === 0 ? counts() : undefined,
      };
    },
  ],
  ["GET queue/counts", () => counts()],
  [
    "POST queue/next",
    ({ body }) => {
      const best = queue(body.scope ?? "all", "all").find((r) => !r.assignee);
      if (!best) throw no(404, "not_found", "Свободных заявок нет.");
      const t = tickets.get(`${best.tenant}/${best.number}`);
      t.assignee = me.id;
      record(t, {
        kind: "event",
        author: person(me.id),
        event: { type: "ticket.assigned", changes: [{ field: "assignee", from: null, to: me.id, to_name: me.name }] },
      });
      tell("ticket.changed", { tenant: t.tenant, ref: refOf(t), version: t.version, fields: ["assignee"], by: me.id });
      return { $status: 200, $body: rowView(t) };
    },
  ],
  [
    "GET refs/:ref",
    ({ params }) => {
      const t = everything().find((x) => refOf(x).toLowerCase() === params.ref.toLowerCase());
      if (!t) throw no(404, "not_found", "Не найдено или нет доступа.");
      return { tenant: t.tenant, number: t.number };
    },
  ],
  [
    "GET search",
    ({ query }) => {
      const q = (query.get("q") ?? "").toLowerCase();
      return {
        items: everything()
          .filter((t) => `${refOf(t)} ${t.subject} ${t.contact.name} ${t.company}`.toLowerCase().includes(q))
          .slice(0, 12)
          .map(rowView),
        next: null,
      };
    },
  ],
  ["PUT stream/:stream/watches", () => null],
];

function leave() {
  session.on = false;
}

function forgetTotp() {
  me.totp = false;
}

function matches(r, filter) {
  return filter
    .split(/\s+/)
    .filter(Boolean)
    .every((token) => {
      const [key, value] = token.split(/[:<=]+/);
      if (value === undefined) return `${r.ref} ${r.subject} ${r.company} ${r.contact}`.toLowerCase().includes(token.replaceAll('"', ""));
      if (key === "status") return value.split(",").includes(r.status.key);
      if (key === "priority") return token.includes("<=") ? r.priority <= Number(value) : value.split(",").includes(String(r.priority));
      if (key === "assignee") return value === "me" ? r.assignee?.id === me.id : value === "none" ? !r.assignee : r.assignee?.id === value;
      if (key === "type") return value.split(",").includes(r.type);
      if (key === "channel") return value.split(",").includes(r.channel);
      return true;
    });
}

export { views };
