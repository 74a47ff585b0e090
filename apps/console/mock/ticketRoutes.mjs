// One ticket: reading, answering, changing.
import { tell } from "./live.mjs";
import { record, refOf, rowView, tickets, ticketView } from "./tickets.mjs";
import { me, minutes, now, people, person, status, statuses, tenants, transitions, types } from "./world.mjs";

const no = (status_, code, title, extra) => ({ status: status_, code, title, extra });
const find = ({ params }) => {
  const t = tickets.get(`${params.t}/${params.n}`);
  if (!t) throw no(404, "not_found", "Не найдено или нет доступа.");
  return t;
};
const changed = (t, fields, by = me.id) =>
  tell("ticket.changed", { tenant: t.tenant, ref: refOf(t), version: t.version, fields, by, at: now() });
const mine = () => person(me.id);
const event = (t, type, changes, more = {}) => record(t, { kind: "event", author: mine(), event: { type, changes, ...more } });
const uploads = new Map();
const filesOf = (ids = []) =>
  ids
    .map((id) => uploads.get(id))
    .filter(Boolean)
    .map((f) => ({ ...f, inline: false, url: "/v1/tenants/acme/files/fil_log" }));
const escaped = (text) => text.replace(/[&<>]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[c]);
const paragraphs = (text) =>
  text
    .split(/\n{2,}/)
    .map((p) => `<p>${escaped(p).replaceAll("\n", "<br>")}</p>`)
    .join("");
function unclaim(t) {
  t.claim = null;
}

let uploadId = 0;

function setStatus(t, body) {
  if (!transitions[t.status].includes(body.to))
    throw no(409, "transition_refused", `Из «${status(t.status).name}» в «${status(body.to).name}» нельзя.`);
  if (body.to === "pending" && !body.until) throw no(422, "until_required", "До какого времени отложить?");
  const from = t.status;
  t.status = body.to;
  t.resume_at = body.to === "pending" ? body.until : null;
  if (body.to !== "open") t.waiting_since = null;
  t.is_new = false;
  event(t, "ticket.status_changed", [{ field: "status", from, to: body.to, from_name: status(from).name, to_name: status(body.to).name }], {
    comment: body.comment,
    until: body.until,
  });
  changed(t, ["status"]);
}

export const ticketRoutes = [
  [
    "GET tenants/:t",
    ({ params }) => {
      const t = tenants.find((x) => x.slug === params.t);
      if (!t) throw no(404, "not_found", "Не найдено или нет доступа.");
      return {
        ...t,
        abilities: ["ticket.open"],
        settings: {
          types,
          workflow: { statuses, transitions },
          groups: [{ key: "line1", name: "Первая линия" }],
          sender: { address: `support@${t.slug}.example`, name: t.code },
        },
        brief: t.slug === "acme" ? brief : null,
      };
    },
  ],
  [
    "GET tenants/:t/tickets",
    ({ params }) => ({
      items: [...tickets.values()]
        .filter((t) => t.tenant === params.t)
        .slice(0, 50)
        .map(rowView),
      next: null,
    }),
  ],
  [
    "POST tenants/:t/tickets",
    ({ params, body }) => {
      if (!body.subject)
        throw no(422, "validation_failed", "Проверьте отмеченные поля.", {
          errors: [{ pointer: "/body/subject", code: "required", detail: "Укажите тему." }],
        });
      const number = Math.max(...[...tickets.values()].filter((t) => t.tenant === params.t).map((t) => t.number)) + 1;
      const name = body.contact.name ?? "Новый клиент";
      const t = {
        tenant: params.t,
        number,
        version: 1,
        subject: body.subject,
        type: body.type ?? "incident",
        status: "open",
        priority: body.priority ?? 3,
        assignee: null,
        company: null,
        contact: { id: "con_new", name, kind: "contact", initials: name.slice(0, 2).toUpperCase() },
        channel: body.channel ?? "api",
        is_new: true,
        waiting_since: now(),
        resume_at: null,
        created_at: now(),
        updated_at: now(),
        tags: body.tags ?? [],
        fields: body.fields ?? {},
        timeline: [],
        seen: 0,
        claim: null,
        drafts: {},
        followers: [],
        rating: null,
        problems: [],
      };
      tickets.set(`${t.tenant}/${number}`, t);
      event(t, "ticket.opened", []);
      record(t, { kind: "comment", author: t.contact, channel: t.channel, html: paragraphs(body.text ?? "") });
      tell("ticket.opened", { tenant: t.tenant, ref: refOf(t), version: t.version });
      return ticketView(t, "timeline");
    },
  ],
  ["GET tenants/:t/tickets/:n", (c) => ticketView(find(c), c.query.get("include"))],
  [
    "PATCH tenants/:t/tickets/:n",
    (c) => {
      const t = find(c);
      const { fields, ...rest } = c.body;
      Object.assign(t, rest);
      Object.assign(t.fields, fields ?? {});
      event(
        t,
        "ticket.changed",
        Object.keys(c.body).map((field) => ({ field, from: null, to: null })),
      );
      changed(t, Object.keys(c.body));
      return ticketView(t);
    },
  ],
  [
    "GET tenants/:t/tickets/:n/timeline",
    (c) => {
      const t = find(c);
      const before = Number(c.query.get("before") ?? 1e9);
      const older = t.timeline.filter((e) => e.seq < before);
      return { items: older.slice(-50), next: older.length > 50 ? String(older.at(-50).seq) : null };
    },
  ],
  [
    "POST tenants/:t/tickets/:n/comments",
    (c) => {
      const t = find(c);
      const arrived = t.timeline.filter((e) => e.public && e.seq > c.body.seen && e.author.id !== me.id);
      if (arrived.length > 0 && !c.body.anyway) throw no(409, "arrived_meanwhile", "Пока вы писали, пришёл ответ.", { arrived });
      const held = minutes(0) && new Date(Date.now() + 10_000).toISOString();
      const made = record(t, {
        kind: "comment",
        author: mine(),
        channel: "mail",
        state: "held",
        held_until: held,
        to: [{ name: t.contact.name, address: "i.petrov@tc-yug.example" }],
        html: paragraphs(c.body.text.body),
        files: filesOf(c.body.uploads),
        abilities: ["undo"],
      });
      t.waiting_since = null;
      if (!t.assignee) t.assignee = me.id;
      const restore = t.status;
      if (c.body.status) setStatus(t, c.body.status);
      made.restore = restore;
      made.raw = { text: c.body.text.body, uploads: c.body.uploads ?? [] };
      tell("comment.held", { tenant: t.tenant, ref: refOf(t), version: t.version });
      setTimeout(() => {
        if (made.state !== "held") return;
        made.state = c.body.text.body.includes("!fail") ? "failed" : "sent";
        made.abilities = made.state === "failed" ? ["retry"] : [];
        if (made.state === "failed") made.message = "msg_7";
        made.held_until = null;
        if (made.state === "failed")
          t.problems.push({ kind: "send_failed", text: "Сервер получателя не отвечает", at: now(), comment: made.seq, message: "msg_7" });
        tell(made.state === "failed" ? "comment.failed" : "comment.sent", { tenant: t.tenant, ref: refOf(t), version: t.version });
      }, 10_000);
      return made;
    },
  ],
  [
    "DELETE tenants/:t/tickets/:n/comments/:seq/hold",
    (c) => {
      const t = find(c);
      const at = t.timeline.findIndex((e) => e.seq === Number(c.params.seq));
      const entry = t.timeline[at];
      if (entry?.state !== "held") throw no(409, "in_use", "Письмо уже ушло.");
      entry.state = "undone";
      t.timeline.splice(at, 1);
      t.status = entry.restore;
      changed(t, ["comments"]);
      return { draft: entry.raw };
    },
  ],
  [
    "POST tenants/:t/tickets/:n/notes",
    (c) => {
      const t = find(c);
      const made = record(t, {
        kind: "note",
        author: mine(),
        html: paragraphs(c.body.text.body ?? c.body.text),
        files: filesOf(c.body.uploads),
      });
      tell("note.added", { tenant: t.tenant, ref: refOf(t), version: t.version });
      return made;
    },
  ],
  [
    "PUT tenants/:t/tickets/:n/status",
    (c) => {
      const t = find(c);
      setStatus(t, c.body);
      return ticketView(t);
    },
  ],
  [
    "PUT tenants/:t/tickets/:n/assignment",
    (c) => {
      const t = find(c);
      const to = c.body.assignee === "me" ? me.id : c.body.assignee;
      event(t, "ticket.assigned", [
        { field: "assignee", from: t.assignee, to, from_name: person(t.assignee)?.name, to_name: person(to)?.name },
      ]);
      t.assignee = to;
      t.is_new = false;
      changed(t, ["assignee"]);
      return ticketView(t);
    },
  ],
  [
    "DELETE tenants/:t/tickets/:n/assignment",
    (c) => {
      const t = find(c);
      event(t, "ticket.assigned", [{ field: "assignee", from: t.assignee, to: null, from_name: person(t.assignee)?.name }]);
      t.assignee = null;
      changed(t, ["assignee"]);
      return ticketView(t);
    },
  ],
  [
    "PUT tenants/:t/tickets/:n/priority",
    (c) => {
      const t = find(c);
      event(t, "ticket.priority_changed", [{ field: "priority", from: t.priority, to: c.body.priority }]);
      t.priority = c.body.priority;
      changed(t, ["priority"]);
      return ticketView(t);
    },
  ],
  [
    "PUT tenants/:t/tickets/:n/type",
    (c) => {
      const t = find(c);
      t.type = c.body.type;
      changed(t, ["type"]);
      return ticketView(t);
    },
  ],
  [
    "PUT tenants/:t/tickets/:n/reading",
    (c) => {
      const t = find(c);
      t.seen = Math.max(t.seen, c.body.seq);
      t.is_new = false;
      return null;
    },
  ],
  [
    "PUT tenants/:t/tickets/:n/followers/me",
    (c) => {
      const t = find(c);
      if (!t.followers.includes(me.id)) t.followers.push(me.id);
      return ticketView(t);
    },
  ],
  [
    "DELETE tenants/:t/tickets/:n/followers/me",
    (c) => {
      const t = find(c);
      t.followers = t.followers.filter((f) => f !== me.id);
      return ticketView(t);
    },
  ],
  ["GET tenants/:t/tickets/:n/drafts/:kind", (c) => find(c).drafts[c.params.kind] ?? { text: "", uploads: [], base: 0 }],
  [
    "PUT tenants/:t/tickets/:n/drafts/:kind",
    (c) => {
      find(c).drafts[c.params.kind] = { ...c.body, saved_at: now() };
      return null;
    },
  ],
  ["DELETE tenants/:t/tickets/:n/drafts/:kind", (c) => void delete find(c).drafts[c.params.kind]],
  ["PUT tenants/:t/tickets/:n/presence", () => null],
  [
    "PUT tenants/:t/tickets/:n/claim",
    (c) => {
      find(c).claim = me.id;
      return null;
    },
  ],
  ["DELETE tenants/:t/tickets/:n/claim", (c) => unclaim(find(c))],
  [
    "POST tenants/:t/uploads",
    ({ body }) => {
      if (/\.(exe|bat)$/i.test(body.name)) throw no(422, "file_refused", "Файлы такого вида не принимаем.");
      uploadId += 1;
      const id = `upl_${uploadId}`;
      uploads.set(id, { id, name: body.name, size: body.size, mime: "application/octet-stream" });
      return { id, offset: 0 };
    },
  ],
  ["PUT tenants/:t/uploads/:id/content", ({ params }) => ({ ...uploads.get(params.id), sha256: "00" })],
  ["DELETE tenants/:t/uploads/:id", ({ params }) => void uploads.delete(params.id)],
  [
    "GET tenants/:t/files/:id",
    ({ params }) =>
      params.id === "fil_chek"
        ? {
            $raw: '<svg xmlns="http://www.w3.org/2000/svg" width="220" height="120"><rect width="220" height="120" fill="#eceff2"/><text x="24" y="66" font-family="monospace" font-size="14" fill="#515963">чек № 00417 пуст</text></svg>',
            $type: "image/svg+xml",
          }
        : { $raw: "log", $type: "text/plain" },
  ],
  // For tests: the client writes, a colleague looks or answers.
  [
    "POST tenants/:t/tickets/:n/test-reply",
    (c) => {
      const t = find(c);
      const made = record(t, { kind: "comment", author: t.contact, channel: "mail", html: paragraphs(c.body.text) });
      t.waiting_since = now();
      tell("comment.added", { tenant: t.tenant, ref: refOf(t), version: t.version, by: t.contact.id, public: true, at: made.at });
      return made;
    },
  ],
  [
    "POST tenants/:t/tickets/:n/test-presence",
    (c) => {
      const t = find(c);
      tell("presence", { tenant: t.tenant, ref: refOf(t), people: [{ person: person(people[1].id), state: c.body.state }] });
      if (c.body.claim)
        tell("claim", { tenant: t.tenant, ref: refOf(t), by: person(people[1].id), until: new Date(Date.now() + 90_000).toISOString() });
      return {};
    },
  ],
];

const brief = {
  greeting: "«АКМЕ, служба поддержки, здравствуйте!»",
  tone: "На «вы», без слова «проблема».",
  do: ["P1 с 22:00 до 08:00 — сначала звонок дежурному, потом письмо."],
  dont: ["Не обещать выезд без согласия Ольги Маркиной."],
  escalation: [{ name: "Дежурный АКМЕ", phone: "+7 495 555-01-42", when: "P1, с 22:00 до 08:00" }],
  changed_at: minutes(-1500),
};
