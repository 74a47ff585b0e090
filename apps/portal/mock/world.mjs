// What the development server knows: one tenant, one client, requests in every state.
const minute = 60_000;
const ago = (minutes) => new Date(Date.now() - minutes * minute).toISOString();
const ahead = (minutes) => ago(-minutes);
const picture = "/files/screen.svg";

const words = {
  ru: {
    steps: ["Принята", "Назначена", "В работе", "Решена", "Закрыта"],
    sentences: {
      received: "Принята, скоро назначим специалиста.",
      assigned: "Назначен специалист: Мария Белова.",
      in_work: "В работе, занимается Олег Савин.",
      waiting: "Ждёт вашего ответа.",
      resolved: "Решена. Подтвердите или откройте снова.",
      closed: "Закрыта.",
    },
    next: [
      "Мы получили заявку и пришлём письмо с её номером.",
      "Специалист ответит здесь и на почту.",
      "Дополнить заявку можно в любой момент.",
    ],
    subjects: {
      2190: "Прошивка контроллера, корпус 2",
      2231: "Датчик CO2 молчит, корпус 2",
      2236: "Линия кормления: шнек не запускается",
      2218: "Счётчик воды завышает расход",
      2204: "Отчёт по падежу не выгружается",
      2187: "Калибровка датчиков",
      2233: "Весы бункера не передают данные",
    },
    question: "Какая версия на экране после перезапуска?",
    texts: [
      "Датчик CO2 в корпусе 2 молчит с 06:00. На экране контроллера прочерки, вентиляция перешла на таймер.",
      "Заявку ведёт Олег Савин.",
      "<p>Добрый день, Иван! Вижу, связь с датчиком пропала в 06:02. Проверьте, пожалуйста, горит ли <b>зелёный индикатор</b> на его блоке питания. Вот <a href='https://example.com/led'>памятка</a>.</p>",
      "Индикатор не горит. Кабель цел, автомат в щитке проверили.",
      "Значит, дело в блоке питания. Приеду сегодня с 14 до 16, блок и датчик везу с собой.",
    ],
    types: ["Микроклимат", "Кормление", "Программы и учёт", "Запчасти"],
    fields: ["Корпус", "Сколько голов под угрозой", "Вентиляция работает?", "Когда началось", "Как проявляется"],
    choices: ["Корпус 1", "Корпус 2"],
    hint: "Номер на воротах",
    names: ["Олег Савин", "Мария Белова", "Наталья Орлова"],
    comment: "Олег приехал в начале окна и всё объяснил. Спасибо!",
    company: "Птицефабрика № 4",
    support: "Поддержка на связи до 21:00.",
    file: "Экран контроллера.png",
    act: "Акт выполненных работ.pdf",
  },
  en: {
    steps: ["Received", "Assigned", "In progress", "Resolved", "Closed"],
    sentences: {
      received: "Received, we will assign somebody soon.",
      assigned: "Assigned to Maria Belova.",
      in_work: "In work with Oleg Savin.",
      waiting: "Waiting for your answer.",
      resolved: "Resolved. Confirm it or open it again.",
      closed: "Closed.",
    },
    next: [
      "We have received the request and will mail you its number.",
      "Somebody will answer here and by mail.",
      "You can add to it at any time.",
    ],
    subjects: {
      2190: "Controller firmware, house 2",
      2231: "CO2 sensor silent, house 2",
      2236: "Feed line: auger does not start",
      2218: "Water meter reads too high",
      2204: "Mortality report will not export",
      2187: "Sensor calibration",
      2233: "Bin scales send no data",
    },
    question: "Which version does the screen show after the restart?",
    texts: [
      "The CO2 sensor in house 2 has been silent since 06:00. The controller shows dashes.",
      "Oleg Savin is on your request.",
      "<p>Good afternoon, Ivan! I see the link dropped at 06:02. Is the <b>green light</b> on its power unit on? Here is a <a href='https://example.com/led'>note</a>.</p>",
      "The light is off. The cable is fine and we checked the breaker.",
      "Then it is the power unit. I will be there today between 14 and 16.",
    ],
    types: ["Climate", "Feeding", "Software", "Spare parts"],
    fields: ["House", "Birds at risk", "Is the ventilation running?", "Since when", "What it looks like"],
    choices: ["House 1", "House 2"],
    hint: "The number on the gate",
    names: ["Oleg Savin", "Maria Belova", "Natalia Orlova"],
    comment: "Oleg came on time and explained everything. Thank you!",
    company: "Poultry farm No. 4",
    support: "Support is open until 21:00.",
    file: "Controller screen.png",
    act: "Service report.pdf",
  },
};

export const accents = {
  light: { solid: "#0f7a70", on: "#ffffff", text: "#0b6b62", strip: "#0f7a70", tint: "#e0f4f1" },
  dark: { solid: "#3fbfb0", on: "#0d1116", text: "#5fd3c5", strip: "#3fbfb0", tint: "#14312e" },
};

/** A fresh world; `set` is what the test asks for: session, company, empty, lang. */
export function makeWorld(set = {}) {
  const stepOf = { received: 1, assigned: 2, in_work: 3, waiting: 3, resolved: 4, closed: 5 };
  const states = { 2190: "waiting", 2231: "in_work", 2236: "received", 2218: "assigned", 2204: "resolved", 2187: "closed" };
  return {
    language: set.lang ?? "ru",
    session: set.session !== "off",
    company: set.company !== "off",
    empty: set.empty === "on",
    oneType: set.types === "one",
    password: false,
    name: null,
    zone: null,
    states,
    ratings: { 2187: 5 },
    said: {},
    made: [],
    recorded: [],
    uploads: new Map(),

    t() {
      return words[this.language];
    },
    site() {
      const t = this.t();
      const types = t.types.map((name, index) => ({ key: `type${index}`, name, public: true, fields: index === 0 ? this.fields() : [] }));
      return {
        tenant: {
          slug: "lis",
          name: this.language === "ru" ? "ЛиС" : "LiS",
          code: "LIS",
          state: "active",
          languages: ["ru", "en"],
          texts: {},
          look: { brand: "#0f7a70", ...accents, logo_url: null, version: 1 },
        },
        types: this.oneType ? types.slice(1, 2) : types,
        sign_in: { code: true, password: true },
        language: this.language,
      };
    },
    fields() {
      const t = this.t();
      return [
        {
          key: "house",
          name: t.fields[0],
          kind: "choice",
          required: true,
          choices: t.choices.map((name, i) => ({ key: `h${i + 1}`, name })),
          hint: t.hint,
        },
        { key: "birds", name: t.fields[1], kind: "number", required: false },
        { key: "air", name: t.fields[2], kind: "boolean", required: false },
        { key: "since", name: t.fields[3], kind: "date", required: false },
        { key: "look", name: t.fields[4], kind: "longtext", required: false },
      ];
    },
    me() {
      return {
        contact: {
          id: "con_1",
          name: this.name ?? (this.language === "ru" ? "Иван Петров" : "Ivan Petrov"),
          email: "i.petrov@ptf4.example",
          language: this.language,
          time_zone: this.zone,
          company: this.t().company,
          sees: this.company ? "company" : "own",
          has_password: this.password,
        },
        abilities: ["request.open", "request.read", "request.reply", "request.rate"],
      };
    },
    row(number, state = this.states[number]) {
      const t = this.t();
      const step = stepOf[state];
      const times = [ago(146), ago(144), ago(139), ago(20), ago(5)];
      const abilities = [];
      if (state !== "closed") abilities.push("reply");
      if (state === "resolved") abilities.push("confirm", "reopen");
      if (state === "resolved" || state === "closed") abilities.push("rate");
      return {
        ref: `LIS-${number}`,
        number,
        subject: t.subjects[number] ?? this.said[`subject${number}`] ?? "",
        state,
        sentence: t.sentences[state],
        step,
        steps: ["received", "assigned", "in_work", "resolved", "closed"].map((key, i) => ({
          key,
          name: t.steps[i],
          at: i < step ? times[i] : null,
        })),
        waiting: state === "waiting" ? { question: t.question, from: t.names[1], until: ahead(1300) } : null,
        updated_at: ago(10),
        created_at: ago(146),
        rating: this.ratings[number] ?? null,
        abilities,
      };
    },
    rows(filter) {
      if (this.empty) return [];
      const ended = new Set(["resolved", "closed"]);
      return [...this.made, 2190, 2231, 2236, 2218, 2204, 2187]
        .map((number) => this.row(number))
        .filter((row) => !filter || filter === "all" || ended.has(row.state) === (filter === "resolved"));
    },
    page(number) {
      const t = this.t();
      const row = this.row(number);
      const author = (i) => ({ name: t.names[i], initials: [...t.names[i]].filter((c) => /\p{Lu}/u.test(c)).join("") });
      const said = this.said[number] ?? [];
      const ended = row.state === "resolved" || row.state === "closed";
      const form = this.ratings[`form${number}`];
      return {
        ...row,
        text: this.said[`text${number}`] ?? t.texts[0],
        type: { key: "type0", name: t.types[0] },
        fields: [
          { key: "house", name: t.fields[0], value: t.choices[1] },
          { key: "air", name: t.fields[2], value: true },
        ],
        who: row.step > 1 ? t.names[row.state === "waiting" ? 1 : 0] : null,
        promises: [],
        version: 7,
        can_reopen_until: row.state === "resolved" ? ahead(4300) : null,
        rating_form: ended
          ? {
              score: row.rating,
              reasons: form?.reasons ?? [],
              comment: form?.comment ?? (row.rating ? t.comment : null),
              editable_until: row.rating ? ahead(9000) : null,
            }
          : null,
        thread: [
          {
            seq: 1,
            at: ago(146),
            kind: "mine",
            author: author(2),
            text: this.said[`text${number}`] ?? t.texts[0],
            files: [{ id: "f1", name: t.file, mime: "image/png", size: 184_000, inline: false, url: picture }],
          },
          ...(row.step > 1 ? [{ seq: 2, at: ago(144), kind: "event", author: null, event: t.texts[1], files: [] }] : []),
          ...(row.step > 2
            ? [
                { seq: 3, at: ago(139), kind: "theirs", author: author(0), html: t.texts[2], files: [] },
                { seq: 4, at: ago(128), kind: "mine", author: author(2), text: t.texts[3], files: [] },
                {
                  seq: 5,
                  at: ago(121),
                  kind: "theirs",
                  author: author(0),
                  text: t.texts[4],
                  files: [{ id: "f2", name: t.act, mime: "application/pdf", size: 217_000, inline: false, url: "/files/act.pdf" }],
                },
              ]
            : []),
          ...said,
        ],
      };
    },
    home() {
      const rows = this.rows();
      const ended = rows.filter((row) => row.step > 3);
      return {
        greeting: "",
        waiting: rows.filter((row) => row.state === "waiting"),
        counts: { in_work: rows.length - ended.length, resolved: ended.length, all: rows.length },
        requests: rows.filter((row) => row.state !== "waiting").slice(0, 5),
        to_rate: ended.filter((row) => row.rating === null),
        desk: null,
        company_open: this.company ? 12 : null,
        support: { open: true, text: this.t().support },
      };
    },
  };
}
