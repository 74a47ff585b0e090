// Tickets of the development server: made from the world's rows, kept in memory.
import { minutes, now, people, person, rows, status, statuses, system, tenants, transitions, types } from "./world.mjs";

export const tickets = new Map(); // "acme/1042" → record
const contactOf = (name) => ({
  id: `con_${[...name]
    .map((c) => c.charCodeAt(0).toString(36))
    .join("")
    .slice(0, 12)}`,
  name,
  kind: "contact",
  initials: name
    .split(" ")
    .map((w) => w[0])
    .join("")
    .slice(0, 2),
});
const addresses = {
  acme: "support@acme.example",
  rom: "help@romashka.example",
  lis: "service@lis.example",
  nrd: "support@nordlicht.example",
  vek: "it@vektor.example",
  str: "help@stroytech.example",
};
export const sender = (slug) => ({
  address: addresses[slug] ?? `support@${slug}.example`,
  name: tenants.find((t) => t.slug === slug)?.code ?? slug,
});

for (const r of rows) tickets.set(`${r.tenantSlug}/${r.number}`, make(r));
// A long tail, so that the list has something to scroll.
for (let i = 0; i < 180; i += 1) {
  const t = tenants[i % tenants.length];
  const subjects = [
    "Не открывается программа учёта",
    "Нужен доступ к принтеру",
    "Не приходят уведомления",
    "Медленно работает почта",
    "Заменить мышь на рабочем месте",
  ];
  const r = {
    tenantSlug: t.slug,
    number: 100 + i + (i % 3) * 4000,
    subject: t.slug === "nrd" ? "Password reset for a new colleague" : subjects[i % 5],
    contact: t.slug === "nrd" ? "Marta Weiss" : "К. Зуева",
    company: t.name,
    channel: ["mail", "portal", "phone"][i % 3],
    priority: 3 + (i % 2),
    assignee: i % 4 === 0 ? null : people[i % 5].id,
    state: i % 3 === 0 ? "open" : "in_progress",
    age: 600 + i * 37,
    waits: i % 2 ? 120 + i * 9 : undefined,
  };
  const key = `${r.tenantSlug}/${r.number}`;
  if (!tickets.has(key)) tickets.set(key, make(r));
}

function make(r) {
  const contact = contactOf(r.contact);
  const timeline = [];
  const add = (ago, entry) =>
    timeline.push({
      seq: timeline.length + 1,
      at: minutes(-ago),
      public: entry.kind === "comment",
      author: contact,
      files: [],
      abilities: [],
      ...entry,
    });
  const english = r.tenantSlug === "nrd";
  if (r.story) story(add, contact);
  else {
    add(r.age, { kind: "event", author: contact, event: { type: "ticket.opened" } });
    add(r.age, {
      kind: "comment",
      channel: r.channel,
      html: english
        ? `<p>Hello,</p><p>${r.subject}. Could you have a look, please?</p>`
        : `<p>Добрый день!</p><p>${r.subject}. Посмотрите, пожалуйста, работа стоит.</p>`,
    });
    if (r.assignee)
      add(r.age - 5, {
        kind: "event",
        author: person(r.assignee),
        event: { type: "ticket.assigned", changes: [{ field: "assignee", from: null, to: r.assignee, to_name: person(r.assignee).name }] },
      });
    if (r.assignee && r.age > 100)
      add(r.age - 20, {
        kind: "comment",
        author: person(r.assignee),
        channel: "mail",
        state: "delivered",
        html: english ? "<p>Thank you, we are looking into it.</p>" : "<p>Здравствуйте! Приняли, уже проверяем.</p>",
      });
    if (r.until)
      add(60, {
        kind: "event",
        author: person(r.assignee),
        event: {
          type: "ticket.status_changed",
          changes: [{ field: "status", from: "in_progress", to: "pending", from_name: "В работе", to_name: "Требует уточнения" }],
          until: minutes(r.until),
          comment: r.last,
        },
      });
    if (r.waits && r.age > r.waits)
      add(r.waits, {
        kind: "comment",
        channel: r.channel,
        html: english ? "<p>It happened again just now. Any news?</p>" : "<p>Повторилось сейчас. Есть новости?</p>",
      });
  }
  return {
    tenant: r.tenantSlug,
    number: r.number,
    version: 3,
    subject: r.subject,
    type: r.priority > 3 ? "request" : "incident",
    status: r.state,
    priority: r.priority,
    assignee: r.assignee,
    company: r.company,
    contact,
    channel: r.channel,
    is_new: Boolean(r.fresh),
    waiting_since: r.waits === undefined ? null : minutes(-r.waits),
    resume_at: r.until ? minutes(r.until) : null,
    created_at: minutes(-r.age),
    updated_at: minutes(-Math.min(r.age, r.waits ?? r.age)),
    preview: r.last,
    tags: r.story ? ["ккт", "прошивка"] : [],
    fields: r.story ? { place: "ТЦ «Юг», касса № 3, с 07:40", model: "АТОЛ 91Ф № 00123456" } : {},
    timeline,
    seen: r.story ? 5 : timeline.length,
    claim: null,
    drafts: {},
    followers: [],
    rating: r.state === "resolved" ? { score: 5, comment: "Быстро, спасибо!", at: minutes(-100) } : null,
    problems:
      r.number === 2198
        ? [{ kind: "bounced", text: "550 5.1.1 Mailbox does not exist: p.ershov@ptf2.example", at: minutes(-30), comment: 4 }]
        : [],
  };
}

function story(add, contact) {
  add(274, { kind: "event", author: person("usr_maria"), event: { type: "ticket.opened" }, channel: "phone" });
  add(274, {
    kind: "comment",
    channel: "phone",
    html: "<p>Печатает пустой чек. ТЦ «Юг», касса № 3, с 07:40 после обновления. Проявляется, когда в чеке больше пяти строк; на одну-две строки и X-отчёт — нет.</p>",
  });
  add(267, {
    kind: "event",
    author: person("usr_maria"),
    event: { type: "ticket.assigned", changes: [{ field: "assignee", from: null, to: "usr_maria", to_name: "Мария Белова" }] },
  });
  add(190, {
    kind: "comment",
    author: person("usr_maria"),
    channel: "mail",
    state: "delivered",
    to: [{ name: "Иван Петров", address: "i.petrov@tc-yug.example" }],
    html: "<p>Иван, добрый день! Проверили ленту и датчик — исправны. Пришлите, пожалуйста, лог ККТ: кнопка «Сервис», затем «Выгрузить журнал».</p>",
  });
  add(190, {
    kind: "event",
    author: person("usr_maria"),
    event: {
      type: "ticket.status_changed",
      changes: [{ field: "status", from: "in_progress", to: "pending", from_name: "В работе", to_name: "Требует уточнения" }],
      until: minutes(-150),
      comment: "ждём лог",
    },
  });
  add(125, {
    kind: "note",
    author: person("usr_oleg"),
    html: '<p>Похоже на прошивку 5.8: тот же случай в <a href="/t/acme/tickets/ACME-1021">ACME-1021</a>, помог откат на 5.7.</p>',
  });
  add(21, {
    kind: "comment",
    author: contact,
    channel: "mail",
    html: '<p>Лог во вложении. Короткие чеки печатает, длинные — пустые. Очередь на кассе, очень ждём.</p><p><img src="/v1/tenants/acme/files/fil_chek" alt="Чек"></p>',
    quoted: "<p>Иван, добрый день! Проверили ленту и датчик — исправны.</p>",
    files: [
      { id: "fil_log", name: "kkt-20261123.log", mime: "text/plain", size: 86_000, inline: false, url: "/v1/tenants/acme/files/fil_log" },
      {
        id: "fil_bad",
        name: "update.exe",
        mime: "application/x-msdownload",
        size: 1_200_000,
        inline: false,
        url: "",
        refused: "Программы не принимаем",
      },
    ],
    original_url: "/v1/tenants/acme/messages/msg_1/original",
  });
}

export const refOf = (t) => `${tenants.find((x) => x.slug === t.tenant)?.code ?? t.tenant.toUpperCase()}-${t.number}`;
const abilities = ["read", "reply", "note", "assign", "status", "priority", "edit"];

export function rowView(t) {
  return {
    tenant: t.tenant,
    ref: refOf(t),
    number: t.number,
    version: t.version,
    subject: t.subject,
    type: t.type,
    status: status(t.status),
    priority: t.priority,
    assignee: t.assignee ? person(t.assignee) : null,
    company: t.company,
    contact: t.contact.name,
    channel: t.channel,
    is_new: t.is_new,
    client_waits: t.waiting_since !== null,
    waiting_since: t.waiting_since,
    due_at: null,
    due_kind: null,
    sla: null,
    resume_at: t.resume_at,
    updated_at: t.updated_at,
    preview: t.preview,
    abilities,
  };
}

export function ticketView(t, include) {
  const type = types.find((x) => x.key === t.type);
  const { preview: _, ...row } = rowView(t);
  const unread = t.timeline.find((e) => e.seq > t.seen && e.author.kind === "contact");
  return {
    ...row,
    created_at: t.created_at,
    contact_card: {
      id: t.contact.id,
      name: t.contact.name,
      email: "i.petrov@tc-yug.example",
      phone: "+7 495 555-01-42",
      company: t.company,
      language: t.tenant === "nrd" ? "en" : "ru",
      time_zone: "Europe/Moscow",
      tickets: 6,
    },
    fields: type.fields.filter((f) => t.fields[f.key]).map((f) => ({ key: f.key, name: f.name, value: t.fields[f.key] })),
    type_def: type,
    tags: t.tags,
    group: { key: "line1", name: "Первая линия" },
    reopened: 0,
    rating: t.rating,
    merged_into: null,
    clocks: [],
    process: null,
    tasks: { open: 0, total: 0 },
    first_replied_at: t.timeline.find((e) => e.kind === "comment" && e.author.kind === "staff")?.at ?? null,
    resolved_at: t.status === "resolved" ? t.updated_at : null,
    closed_at: null,
    transitions: transitions[t.status].map((key) => ({
      to: status(key),
      comment_required: statuses.find((s) => s.key === key).comment_required,
      until_required: key === "pending",
    })),
    sender: sender(t.tenant),
    to: { contact: t.contact.id, name: t.contact.name, address: "i.petrov@tc-yug.example" },
    followers: t.followers.map(person),
    problems: t.problems,
    seen: Math.max(0, ...t.timeline.filter((e) => e.public).map((e) => e.seq)),
    first_unread: unread?.seq ?? null,
    ...(include === "timeline" ? { timeline: { items: t.timeline.slice(-50), next: null } } : {}),
  };
}

export function record(t, entry) {
  const made = { seq: (t.timeline.at(-1)?.seq ?? 0) + 1, at: now(), public: entry.kind === "comment", files: [], abilities: [], ...entry };
  t.timeline.push(made);
  t.updated_at = made.at;
  t.version += 1;
  return made;
}

export const everything = () => [...tickets.values()];
export { abilities, system };
