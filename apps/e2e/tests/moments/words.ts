import { counted, local, type Promised, way } from "./reference.ts";

export type Language = "ru" | "en";

const units = {
  ru: { day: "дн", hour: "ч", minute: "мин", working: "раб.", late: "Просрочено", yesterday: "вчера" },
  en: { day: "d", hour: "h", minute: "min", working: "work", late: "Breached", yesterday: "yesterday" },
};

/** Text without the spaces that do not break. */
export const plain = (text: string | null): string => (text ?? "").replaceAll(/\s+/g, " ").trim();

export function lasting(seconds: number, language: Language): string {
  const unit = units[language];
  const all = Math.floor(Math.abs(seconds) / 60);
  const days = Math.floor(all / 1440);
  const hours = Math.floor((all % 1440) / 60);
  const rest = all % 60;
  const said = [
    days > 0 && `${days} ${unit.day}`,
    hours > 0 && `${hours} ${unit.hour}`,
    days === 0 && (rest > 0 || all === 0) && `${rest} ${unit.minute}`,
  ];
  return said.filter(Boolean).join(" ");
}

/** What a chip says of the working seconds that are left. */
export function chip(seconds: number, language: Language): string {
  const unit = units[language];
  if (seconds <= 0) return `${unit.late} −${lasting(seconds, language)}`;
  const all = Math.floor(seconds / 60);
  return [all >= 60 && `${Math.floor(all / 60)} ${unit.hour}`, all % 60 > 0 && `${all % 60} ${unit.minute}`, unit.working]
    .filter(Boolean)
    .join(" ");
}

/** What the bar says: the way to the deadline, counted until now and left from then. */
export function bar({ desk, started, due, pause }: Promised, now: number, language: Language): string {
  const said = {
    ru: { used: "счёт", closed: "закрыто", paused: "пауза", left: "осталось" },
    en: { used: "counted", closed: "closed", paused: "paused", left: "left" },
  }[language];
  type Look = keyof typeof said;
  const parts: { look: Look; seconds: number }[] = [];
  const add = (from: number, to: number, look: Look) => {
    if (to <= from) return;
    const last = parts.at(-1);
    if (last?.look === look) last.seconds += (to - from) / 1000;
    else parts.push({ look, seconds: (to - from) / 1000 });
  };
  for (const { from, to, kind } of way(desk, started, due, pause)) {
    if (kind !== "working") add(from, to, kind);
    else {
      add(from, Math.min(to, now), "used");
      add(Math.max(from, now), to, "left");
    }
  }
  return parts.map(({ look, seconds }) => `${said[look]} ${lasting(seconds, language)}`).join(", ");
}

/** What is used of the promised time. */
export function used(one: Promised, now: number, language: Language): string {
  const [mine, whole] = [lasting(counted(one, now), language), lasting(one.target * 60, language)];
  return language === "ru" ? `${mine} из ${whole}` : `${mine} of ${whole}`;
}

const locales = { ru: "ru-RU", en: "en-GB" };

function moment(at: number, zone: string, language: Language): string {
  const options = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone } as const;
  return plain(new Intl.DateTimeFormat(locales[language], options).format(at));
}

/** A deadline beside now: the time alone today, «вчера» the day after, else with its date. */
export function recent(at: number, now: number, zone: string, language: Language): string {
  const there = local(at, zone);
  if (there.date === local(now, zone).date) return there.time;
  if (there.date === local(now - 86_400_000, zone).date) return `${units[language].yesterday}, ${there.time}`;
  return moment(at, zone, language);
}

/** A deadline in the preview: «пн 29 мар., 10:30». */
export function dated(at: number, zone: string, language: Language): string {
  const weekday = new Intl.DateTimeFormat(locales[language], { weekday: "short", timeZone: zone }).format(at).toLowerCase();
  return `${weekday} ${moment(at, zone, language)}`;
}

const zones = { "Europe/Moscow": { ru: "МСК", en: "MSK" } } as Record<string, Record<Language, string>>;
const kinds = {
  ru: { working: "счёт", closed: "закрыто", paused: "пауза" },
  en: { working: "counted", closed: "closed", paused: "paused" },
};
const turns = { ru: { paused: "пауза", resumed: "часы снова идут" }, en: { paused: "paused", resumed: "runs again" } };

/** What the sheet of reasons says: the sum that ends in the deadline, every stretch of the way, when it stood. */
export function reasons({ desk, started, due, target, pause }: Promised, language: Language) {
  const all = way(desk, started, due, pause);
  const whole = (kind: string) => all.reduce((sum, one) => sum + (one.kind === kind ? (one.to - one.from) / 1000 : 0), 0);
  const [paused, closed] = [whole("paused"), whole("closed")];
  const plus = (seconds: number) => (seconds > 0 ? `+ ${lasting(seconds, language)}` : lasting(0, language));
  const at = (instant: number) => moment(instant, desk.zone, language);
  return {
    sum: [lasting(target * 60, language), ...(paused > 0 ? [plus(paused)] : []), plus(closed)],
    start: `${at(started)} + ${lasting((due - started) / 1000, language)}`,
    due: `${at(due)} ${zones[desk.zone]?.[language] ?? "UTC"}`,
    way: all.map(({ from, to, kind }) => [at(from), kinds[language][kind], lasting((to - from) / 1000, language)]),
    steps: pause ? [`${at(pause.from)} ${turns[language].paused}`, `${at(pause.to)} ${turns[language].resumed}`] : [],
  };
}
