// Settings of a customer: members, roles, brand, engagements, audit, mail.
import { me, minutes, now, people, tenants } from "./world.mjs";

const refuse = (status, code, title, extra) => ({ status, code, title, extra });
const builtin = (key, ru, en, permissions, members) => ({ key, name: { ru, en }, builtin: true, permissions, members, version: 1 });
const all = "*";
const give = (list, types = all) => list.map((permission) => ({ permission, types }));
const agent = [
  "ticket.read",
  "ticket.open",
  "ticket.reply",
  "ticket.note",
  "ticket.assign",
  "ticket.status",
  "ticket.priority",
  "ticket.edit",
  "customer.read",
];
const permissions = [
  ["ticket.read", "Видеть заявки", "tickets"],
  ["ticket.open", "Создавать заявки", "tickets"],
  ["ticket.reply", "Отвечать клиентам", "tickets"],
  ["ticket.note", "Писать заметки", "tickets"],
  ["ticket.assign", "Назначать", "tickets"],
  ["ticket.status", "Менять статус", "tickets"],
  ["ticket.priority", "Менять приоритет", "tickets"],
  ["ticket.edit", "Править поля", "tickets"],
  ["customer.read", "Видеть клиентов", "customers"],
  ["customer.edit", "Править клиентов", "customers"],
  ["member.read", "Видеть сотрудников", "people"],
  ["member.manage", "Приглашать и менять сотрудников", "people"],
  ["role.manage", "Менять роли", "people"],
  ["engagement.manage", "Управлять исполнителями", "people"],
  ["brand.edit", "Менять бренд", "settings"],
  ["settings.read", "Видеть настройки", "settings"],
  ["settings.edit", "Менять настройки", "settings"],
  ["audit.read", "Видеть журнал", "settings"],
].map(([key, name, group]) => ({ key, name, group }));

const roles = [
  builtin("admin", "Администратор", "Administrator", give(permissions.map((p) => p.key)), 1),
  builtin("agent", "Специалист", "Agent", give(agent), 4),
  builtin("manager", "Руководитель", "Manager", give(["ticket.read", "customer.read", "member.read", "audit.read"]), 0),
  {
    key: "night",
    name: { ru: "Ночная смена", en: "Night shift" },
    builtin: false,
    permissions: [
      { permission: "ticket.read", types: "*" },
      { permission: "ticket.reply", types: ["incident"] },
    ],
    members: 1,
    version: 2,
  },
];
const members = people.map((p, i) => ({
  id: p.id,
  name: p.name,
  email: p.email,
  roles: i === 0 ? [{ key: "admin", name: "Администратор" }] : [{ key: "agent", name: "Специалист" }],
  groups: [{ key: "line1", name: "Первая линия" }],
  provider: { slug: "pomosh", name: "Служба «Помощь»" },
  active: i !== 4,
  last_seen_at: i === 4 ? null : minutes(-i * 47),
  totp: i < 2,
  abilities: ["edit"],
  version: 1,
}));
const invitations = [
  { id: "inv_1", email: "petr@pomosh.example", roles: ["agent"], created_at: minutes(-2000), expires_at: minutes(8000) },
];
const face = (t) => ({ slug: t.slug, name: t.name, code: t.code, look: t.look });
const engagements = [
  {
    id: "eng_1",
    provider: { slug: "pomosh", name: "Служба «Помощь»" },
    tenant: face(tenants[0]),
    state: "active",
    offered_by: "tenant",
    roles: ["agent"],
    types: null,
    starts_at: minutes(-90_000),
    ends_at: null,
    accepted_at: minutes(-89_000),
    ended_at: null,
    people: people.slice(0, 4).map(({ email: _, ...p }) => p),
    abilities: ["end"],
    version: 1,
  },
  {
    id: "eng_2",
    provider: { slug: "nochnye", name: "«Ночные смены»" },
    tenant: face(tenants[0]),
    state: "offered",
    offered_by: "provider",
    roles: ["agent"],
    types: ["incident"],
    starts_at: minutes(5000),
    ends_at: null,
    accepted_at: null,
    ended_at: null,
    people: [],
    abilities: ["accept", "end"],
    version: 1,
  },
];
const brands = new Map();
const brandOf = (slug) => {
  if (!brands.has(slug)) {
    const t = tenants.find((x) => x.slug === slug);
    brands.set(slug, {
      name: t.name,
      brand: t.look.brand,
      portal_name: `Поддержка ${t.name}`,
      texts: { greeting: { ru: "Здравствуйте! Чем помочь?", en: "Hello! How can we help?" } },
      logo_url: null,
      logo_dark_url: null,
      version: 1,
      accents: { light: t.look.light, dark: t.look.dark },
      guard: { changed: false, messages: [] },
    });
  }
  return brands.get(slug);
};
const audit = Array.from({ length: 24 }, (_, i) => ({
  at: minutes(-i * 63),
  actor: { id: people[i % 5].id, name: people[i % 5].name, kind: "staff", initials: people[i % 5].initials },
  provider: { slug: "pomosh", name: "Служба «Помощь»" },
  what: ["ticket.replied", "ticket.assigned", "member.changed", "role.changed"][i % 4],
  subject: ["ACME-1042", "ACME-1047", "Тимур Ахметов", "Ночная смена"][i % 4],
  changes: i % 4 === 1 ? [{ field: "assignee", from: null, to: "x", to_name: "Мария Белова" }] : [],
}));
const messages = [
  {
    id: "msg_7",
    direction: "out",
    state: "failed",
    from: "support@acme.example",
    to: "p.ershov@ptf2.example",
    subject: "Вентиляция корпуса 2",
    at: minutes(-30),
    problem: "550 5.1.1 Mailbox does not exist",
    ticket_ref: "ACME-1044",
    tries: 5,
    abilities: ["retry"],
  },
  {
    id: "msg_8",
    direction: "in",
    state: "quarantined",
    from: "robot@mailer.example",
    to: "support@acme.example",
    subject: "Undeliverable: invoice",
    at: minutes(-400),
    problem: "Похоже на петлю писем: 6 за минуту",
    ticket_ref: null,
    tries: 0,
    abilities: ["retry"],
  },
];

export const settingsRoutes = [
  ["GET tenants/:t/members", () => ({ items: members, next: null })],
  [
    "PATCH tenants/:t/members/:id",
    ({ params, body }) => {
      const m = members.find((x) => x.id === params.id);
      if (body.active === false && m.roles.some((r) => r.key === "admin")) throw refuse(409, "last_owner", "Нужен хотя бы один владелец.");
      if (body.roles) m.roles = body.roles.map((key) => ({ key, name: roles.find((r) => r.key === key).name.ru }));
      if (body.active !== undefined) m.active = body.active;
      m.version += 1;
      return m;
    },
  ],
  ["GET tenants/:t/invitations", () => ({ items: invitations, next: null })],
  [
    "POST tenants/:t/invitations",
    ({ body }) => {
      if (!body.email.includes("@"))
        throw refuse(422, "validation_failed", "Проверьте отмеченные поля.", {
          errors: [{ pointer: "/body/email", code: "email", detail: "Это не адрес почты." }],
        });
      const made = {
        id: `inv_${invitations.length + 1}`,
        email: body.email,
        roles: body.roles.map((key) => ({ key, name: roles.find((r) => r.key === key)?.name.ru ?? key })),
        created_at: now(),
        expires_at: minutes(10_080),
      };
      invitations.push(made);
      return made;
    },
  ],
  [
    "DELETE tenants/:t/invitations/:id",
    ({ params }) =>
      void invitations.splice(
        invitations.findIndex((x) => x.id === params.id),
        1,
      ),
  ],
  [
    "GET tenants/:t/roles",
    ({ params }) => {
      if (params.t === "vek") throw refuse(403, "denied", "Нет права «Менять роли». Его даёт администратор заказчика.");
      return { items: roles, next: null };
    },
  ],
  [
    "POST tenants/:t/roles",
    ({ body }) => {
      const made = { builtin: false, members: 0, version: 1, ...body };
      roles.push(made);
      return made;
    },
  ],
  [
    "PATCH tenants/:t/roles/:key",
    ({ params, body }) => {
      const r = roles.find((x) => x.key === params.key);
      Object.assign(r, body, { version: r.version + 1 });
      return r;
    },
  ],
  [
    "DELETE tenants/:t/roles/:key",
    ({ params }) => {
      const r = roles.find((x) => x.key === params.key);
      if (r.members > 0) throw refuse(409, "in_use", "Используется: 1 сотрудник.");
      roles.splice(roles.indexOf(r), 1);
      return null;
    },
  ],
  ["GET tenants/:t/permissions", () => ({ items: permissions, next: null })],
  ["GET tenants/:t/brand/draft", ({ params }) => brandOf(params.t)],
  [
    "PATCH tenants/:t/brand/draft",
    ({ params, body }) => {
      const b = brandOf(params.t);
      Object.assign(b, body);
      if (body.brand) {
        const pale = /^#(f|e)/i.test(body.brand);
        b.accents = {
          light: {
            solid: body.brand,
            on: pale ? "#171d26" : "#fff",
            text: pale ? "#6b5b00" : body.brand,
            strip: pale ? "#9a8400" : body.brand,
            tint: "#f3f0fa",
          },
          dark: { ...b.accents.dark, solid: body.brand },
        };
        b.guard = pale ? { changed: true, messages: ["Цвет текста затемнён для читаемости."] } : { changed: false, messages: [] };
      }
      return b;
    },
  ],
  [
    "PUT tenants/:t/brand/logo",
    ({ params }) => {
      const b = brandOf(params.t);
      b.logo_url = "/v1/tenants/acme/files/fil_chek";
      return b;
    },
  ],
  [
    "POST tenants/:t/brand/publications",
    ({ params }) => {
      const b = brandOf(params.t);
      const t = tenants.find((x) => x.slug === params.t);
      t.look = { ...t.look, ...b.accents, brand: b.brand, version: t.look.version + 1 };
      return { version: t.look.version };
    },
  ],
  ["GET tenants/:t/engagements", () => ({ items: engagements, next: null })],
  [
    "POST tenants/:t/engagements",
    ({ body }) => {
      const made = {
        ...engagements[1],
        id: `eng_${engagements.length + 1}`,
        provider: { slug: body.provider, name: body.provider },
        roles: body.roles,
        types: body.types,
        offered_by: "tenant",
        abilities: ["end"],
      };
      engagements.push(made);
      return made;
    },
  ],
  [
    "PUT tenants/:t/engagements/:id/acceptance",
    ({ params }) =>
      Object.assign(
        engagements.find((e) => e.id === params.id),
        { state: "active", accepted_at: now(), abilities: ["end"] },
      ),
  ],
  [
    "PUT tenants/:t/engagements/:id/end",
    ({ params }) =>
      Object.assign(
        engagements.find((e) => e.id === params.id),
        { state: "ended", ended_at: now(), abilities: [] },
      ),
  ],
  [
    "GET tenants/:t/audit",
    ({ params }) => {
      if (params.t !== "acme") throw refuse(403, "denied", "Нет права «Видеть журнал». Его даёт администратор заказчика.");
      return { items: audit, next: null };
    },
  ],
  [
    "GET tenants/:t/sign-ins",
    () => ({
      items: people.slice(0, 3).map((p, i) => ({
        at: minutes(-i * 200),
        person: { id: p.id, name: p.name, kind: "staff", initials: p.initials },
        ip: "192.0.2.7",
        agent: "Chromium",
        outcome: i === 2 ? "failed" : "ok",
      })),
      next: null,
    }),
  ],
  [
    "GET tenants/:t/contacts",
    ({ query }) => ({
      items: [
        {
          id: "con_1",
          name: "Иван Петров",
          email: "i.petrov@tc-yug.example",
          phone: "+7 495 555-01-42",
          company: "ТЦ «Юг»",
          language: "ru",
          tickets: 6,
          version: 1,
        },
        {
          id: "con_2",
          name: "Алла Громова",
          email: "a.gromova@sever.example",
          phone: null,
          company: "ТЦ «Север»",
          language: "ru",
          tickets: 2,
          version: 1,
        },
      ].filter((c) => `${c.name} ${c.email} ${c.phone}`.toLowerCase().includes((query.get("q") ?? "").toLowerCase())),
      next: null,
    }),
  ],
  ["GET tenants/:t/messages", ({ query }) => ({ items: messages.filter((m) => m.state === query.get("state")), next: null })],
  [
    "POST tenants/:t/messages/:id/retry",
    ({ params }) => {
      messages.splice(
        messages.findIndex((m) => m.id === params.id),
        1,
      );
      return { $status: 202, $body: {} };
    },
  ],
  [
    "GET tenants/:t/summary",
    () => ({
      created: 214,
      resolved: 198,
      closed: 180,
      reopened: 6,
      open_now: 14,
      rated: 61,
      rating_avg: 4.6,
      by_type: [],
      by_agent: [],
      by_day: [],
    }),
  ],
];
export { me };
