// The invented world of the development server: eight customers of one outsourcer, a few
// members of staff, and tickets in Russian and English. Times are relative to the start.

const start = Date.now();
export const minutes = (n) => new Date(start + n * 60_000).toISOString();
export const now = () => new Date().toISOString();

const accent = (solid, on, text, strip, tint) => ({ solid, on, text, strip, tint });
const tenant = (slug, name, code, zone, languages, light, dark) => ({
  slug,
  name,
  code,
  state: "active",
  languages,
  time_zone: zone,
  look: { brand: light.solid, light, dark, logo_url: null, version: 1 },
  portal_url: `http://${slug}.localhost:8080/`,
});

export const tenants = [
  tenant(
    "acme",
    "АКМЕ Ритейл",
    "ACME",
    "Europe/Moscow",
    ["ru", "en"],
    accent("#6a3fd0", "#fff", "#5f37c0", "#6a3fd0", "#f0ebfc"),
    accent("#a98bf5", "#0d1116", "#bda6fa", "#9a78f0", "#2a2145"),
  ),
  tenant(
    "rom",
    "Ромашка",
    "РОМ",
    "Europe/Moscow",
    ["ru"],
    accent("#b92c6d", "#fff", "#a62561", "#c2316f", "#fce9f1"),
    accent("#f07fb0", "#0d1116", "#f59cc2", "#e0649b", "#411a2c"),
  ),
  tenant(
    "lis",
    "ЛиС Автоматика",
    "ЛИС",
    "Asia/Yekaterinburg",
    ["ru"],
    accent("#0c7a70", "#fff", "#0a6c63", "#0c8578", "#e0f4f1"),
    accent("#3fbdae", "#0d1116", "#62d0c3", "#2aa899", "#123330"),
  ),
  tenant(
    "nrd",
    "Nordlicht",
    "NRD",
    "Europe/Berlin",
    ["en", "ru"],
    accent("#0b6f9c", "#fff", "#0a6289", "#0b7fab", "#e1f2fa"),
    accent("#55b9e0", "#0d1116", "#7ccbea", "#369fca", "#11303f"),
  ),
  tenant(
    "vek",
    "Клиника «Вектор»",
    "ВЕК",
    "Europe/Moscow",
    ["ru"],
    accent("#7f6014", "#fff", "#6f5410", "#96731d", "#f6efdc"),
    accent("#d0ab4d", "#0d1116", "#dcbe6f", "#b8943a", "#33290f"),
  ),
  tenant(
    "str",
    "СтройТех",
    "СТР",
    "Europe/Moscow",
    ["ru"],
    accent("#4c6072", "#fff", "#465868", "#5c7185", "#e8eef3"),
    accent("#97afc4", "#0d1116", "#abc0d2", "#7d95aa", "#222d37"),
  ),
];

const staff = (id, name, initials, email) => ({ id, name, kind: "staff", initials, email });
export const people = [
  staff("usr_maria", "Мария Белова", "МБ", "maria@pomosh.example"),
  staff("usr_oleg", "Олег Карпов", "ОК", "oleg@pomosh.example"),
  staff("usr_timur", "Тимур Ахметов", "ТА", "timur@pomosh.example"),
  staff("usr_irina", "Ирина Дёмина", "ИД", "irina@pomosh.example"),
  staff("usr_anna", "Анна Ли", "АЛ", "anna@pomosh.example"),
];
export const person = (id) => {
  const found = people.find((p) => p.id === id);
  return found ? { id: found.id, name: found.name, kind: found.kind, initials: found.initials } : null;
};
export const system = { id: "system", name: "Manydesk", kind: "system", initials: "M" };

export const me = {
  id: "usr_maria",
  email: "maria@pomosh.example",
  name: "Мария Белова",
  language: "ru",
  time_zone: "Europe/Moscow",
  totp: false,
  prefs: { theme: "light", density: "comfort", single_keys: true, keymap: {} },
  version: 1,
};
export const password = "Correct-Horse-7";

export const statuses = [
  { key: "open", name: "Открыта", category: "open", comment_required: false },
  { key: "in_progress", name: "В работе", category: "in_progress", comment_required: false },
  { key: "pending", name: "Требует уточнения", category: "pending", comment_required: true },
  { key: "resolved", name: "Решена", category: "resolved", comment_required: false },
  { key: "closed", name: "Закрыта", category: "closed", comment_required: false },
];
export const transitions = {
  open: ["in_progress", "pending", "resolved"],
  in_progress: ["pending", "resolved"],
  pending: ["open", "in_progress", "resolved"],
  resolved: ["closed", "open"],
  closed: [],
};
export const status = (key) => {
  const { comment_required: _, ...rest } = statuses.find((s) => s.key === key);
  return rest;
};

export const types = [
  {
    key: "incident",
    name: "Инцидент",
    public: true,
    fields: [
      { key: "place", name: "Где и когда", kind: "text", required: true, hint: "Адрес, кабинет, касса" },
      { key: "model", name: "Модель", kind: "text", required: false },
      {
        key: "scope",
        name: "Сколько людей затронуто",
        kind: "choice",
        required: false,
        choices: [
          { key: "one", name: "Один человек" },
          { key: "team", name: "Отдел" },
          { key: "all", name: "Все" },
        ],
      },
    ],
  },
  { key: "request", name: "Запрос", public: true, fields: [{ key: "until", name: "К какому дню", kind: "date", required: false }] },
  { key: "change", name: "Изменение", public: false, fields: [{ key: "approved", name: "Согласовано", kind: "boolean", required: false }] },
];

const row = (tenantSlug, number, subject, contact, company, channel, priority, assignee, state, more) => ({
  tenantSlug,
  number,
  subject,
  contact,
  company,
  channel,
  priority,
  assignee,
  state,
  ...more,
});

// age: minutes since opened; waits: minutes since the client waits; until: minutes to the return
export const rows = [
  row("lis", 2207, "Датчик CO₂ теряет связь с контроллером", "С. Левина", "Птицефабрика № 4", "portal", 1, "usr_oleg", "in_progress", {
    age: 150,
    waits: 19,
    last: "клиент ждёт ответа",
  }),
  row("acme", 1042, "Не печатает касса № 3", "Иван Петров", "ТЦ «Юг»", "phone", 1, "usr_maria", "in_progress", {
    age: 274,
    waits: 21,
    last: "«Лог во вложении»",
    story: true,
  }),
  row(
    "nrd",
    518,
    "VPN drops every 20 minutes, Hamburg office",
    "Jonas Brandt",
    "Nordlicht Logistics",
    "mail",
    2,
    "usr_timur",
    "in_progress",
    { age: 190, waits: 5, last: "J. Brandt replied" },
  ),
  row("vek", 93, "МРТ не отправляет снимки в архив", "Е. Сомова", "Клиника «Вектор»", "phone", 2, null, "open", {
    age: 15,
    waits: 15,
    fresh: true,
    last: "кабинет 214",
  }),
  row("acme", 1047, "Терминал оплаты: ошибка 1021 при возврате", "А. Громова", "ТЦ «Север», касса 1", "phone", 2, null, "open", {
    age: 12,
    waits: 12,
    fresh: true,
  }),
  row("lis", 2198, "Вентиляция корпуса 2 не выходит на уставку", "П. Ершов", "Птицефабрика № 2", "portal", 2, "usr_oleg", "in_progress", {
    age: 900,
  }),
  row("rom", 311, "Отчёт по остаткам не формируется", "Н. Орлова", "ООО «Ромашка»", "mail", 3, "usr_irina", "in_progress", {
    age: 340,
    waits: 80,
  }),
  row("nrd", 521, "Invoice PDF shows the wrong VAT rate", "Marta Weiss", "Nordlicht Logistics", "mail", 3, "usr_maria", "open", {
    age: 65,
    waits: 65,
    last: "2 files",
  }),
  row("str", 764, "Не открывается смета в «СметаПро 8»", "Д. Лапин", "СтройТех", "portal", 3, "usr_anna", "in_progress", {
    age: 420,
    waits: 35,
  }),
  row("acme", 1044, "Сканер штрихкода не читает коды маркировки", "В. Ильин", "ТЦ «Юг», склад", "phone", 3, null, "open", {
    age: 300,
    waits: 300,
    last: "3-я похожая за 30 дней",
  }),
  row("rom", 312, "Не приходят письма от поставщика", "К. Зуева", "ООО «Ромашка»", "mail", 3, null, "open", {
    age: 44,
    waits: 44,
    fresh: true,
  }),
  row(
    "vek",
    90,
    "Настроить вход в регистратуру для нового врача",
    "Е. Сомова",
    "Клиника «Вектор»",
    "portal",
    3,
    "usr_maria",
    "in_progress",
    { age: 1500 },
  ),
  row("str", 761, "Плоттер печатает полосами", "О. Юдин", "СтройТех", "mail", 4, "usr_anna", "open", { age: 2900, waits: 600 }),
  row("acme", 1039, "Замена картриджа, касса № 1", "Иван Петров", "ТЦ «Юг»", "portal", 4, "usr_maria", "pending", {
    age: 4000,
    until: 2600,
    last: "ждём картридж от поставщика",
  }),
  row("rom", 308, "Доступ к папке «Бухгалтерия» для Н. Орловой", "Н. Орлова", "«Ромашка»", "mail", 4, "usr_irina", "pending", {
    age: 5200,
    until: 1300,
    last: "ждём согласования",
  }),
  row("nrd", 510, "Replace the label printer in warehouse B", "Jonas Brandt", "Nordlicht Logistics", "api", 4, "usr_timur", "pending", {
    age: 7100,
    until: 4100,
  }),
  row("acme", 1021, "Пропадает связь со складом по пятницам", "В. Ильин", "ТЦ «Юг», склад", "mail", 3, "usr_maria", "resolved", {
    age: 9100,
  }),
];
