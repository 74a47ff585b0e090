import { type Language, useLanguage } from "./language.ts";

const nbsp = "\u00a0";
const cache = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>();

/** Formats for people. Instants are RFC 3339 text or Date; the zone is the viewer's unless given. */
export interface Formats {
  /** `23 нояб. 2026 г., 12:30` */
  dateTime(at: Instant, zone?: string): string;
  /** `23 нояб. 2026 г.` */
  date(at: Instant, zone?: string): string;
  /** `23 нояб., 12:30`, the short form of lists; the year only when it is not this one. */
  moment(at: Instant, now?: Date, zone?: string): string;
  /** `12:30` */
  time(at: Instant, zone?: string): string;
  /** `12:30` today, `вчера, 12:30`, else `moment`. */
  recent(at: Instant, now?: Date, zone?: string): string;
  /** `12:30` today, `пн 12:30` within six days either way, `25 нояб.` farther: where there is little room. */
  brief(at: Instant, now?: Date, zone?: string): string;
  /** How long ago or ahead in one unit, without direction: `19 мин`, `3 ч`, `2 дн`. */
  age(at: Instant, now?: Date): string;
  /** `2 ч 35 мин`; with `working` adds «раб.», with `seconds` goes down to them: `4 мин 32 с`; `hours` knows no days. */
  duration(seconds: number, how?: { working?: boolean; seconds?: boolean; hours?: boolean }): string;
  /** `1 284`, `4,6` */
  number(value: number, digits?: number): string;
  /** `96,1 %` from 0.961 */
  percent(share: number, digits?: number): string;
  /** `84 КБ` */
  fileSize(bytes: number): string;
}

export type Instant = string | number | Date;

export function useFormats(): Formats {
  return formats(useLanguage());
}

const made: Partial<Record<Language, Formats>> = {};

export function formats(language: Language): Formats {
  made[language] ??= make(language);
  return made[language];
}

function make(language: Language): Formats {
  const locale = language === "ru" ? "ru-RU" : "en-GB";
  const at = (instant: Instant, options: Intl.DateTimeFormatOptions, zone?: string): string => {
    const key = locale + JSON.stringify(options) + (zone ?? "");
    let format = cache.get(key) as Intl.DateTimeFormat | undefined;
    if (!format) {
      format = new Intl.DateTimeFormat(locale, { ...options, hourCycle: "h23", timeZone: zone });
      cache.set(key, format);
    }
    return tie(format.format(new Date(instant)));
  };
  const number = (value: number, digits?: number): string => {
    const key = `${locale}n${digits ?? ""}`;
    let format = cache.get(key) as Intl.NumberFormat | undefined;
    if (!format) {
      format = new Intl.NumberFormat(
        locale,
        digits === undefined ? { maximumFractionDigits: 1 } : { minimumFractionDigits: digits, maximumFractionDigits: digits },
      );
      cache.set(key, format);
    }
    return format.format(value).replace("-", "−");
  };
  const day = { day: "numeric", month: "short" } as const;
  const clock = { hour: "2-digit", minute: "2-digit" } as const;
  const unit = units[language];
  const moment = (instant: Instant, now = new Date(), zone?: string): string => {
    const year = at(instant, { year: "numeric" }, zone) !== at(now, { year: "numeric" }, zone);
    return at(instant, year ? { ...day, year: "numeric", ...clock } : { ...day, ...clock }, zone);
  };
  return {
    dateTime: (instant, zone) => at(instant, { ...day, year: "numeric", ...clock }, zone),
    date: (instant, zone) => at(instant, { ...day, year: "numeric" }, zone),
    time: (instant, zone) => at(instant, clock, zone),
    moment,
    recent(instant, now = new Date(), zone) {
      const key = (value: Instant): string => at(value, { year: "numeric", month: "numeric", day: "numeric" }, zone);
      if (key(instant) === key(now)) return at(instant, clock, zone);
      const yesterday = new Date(now.getTime() - 86_400_000);
      if (key(instant) === key(yesterday)) return `${unit.yesterday}, ${at(instant, clock, zone)}`;
      return moment(instant, now, zone);
    },
    brief(instant, now = new Date(), zone) {
      const key = (value: Instant): string => at(value, { year: "numeric", month: "numeric", day: "numeric" }, zone);
      if (key(instant) === key(now)) return at(instant, clock, zone);
      const far = Math.abs(new Date(instant).getTime() - now.getTime()) > 6 * 86_400_000;
      return far ? at(instant, day, zone) : at(instant, { weekday: "short", ...clock }, zone);
    },
    age(instant, now = new Date()) {
      const seconds = Math.abs(now.getTime() - new Date(instant).getTime()) / 1000;
      if (seconds < 60) return unit.moment;
      if (seconds < 3600) return `${Math.floor(seconds / 60)}${nbsp}${unit.minute}`;
      if (seconds < 86_400) return `${Math.floor(seconds / 3600)}${nbsp}${unit.hour}`;
      return `${number(Math.floor(seconds / 86_400))}${nbsp}${unit.day}`;
    },
    duration(seconds, how) {
      const sign = seconds < 0 ? "−" : "";
      const minutes = Math.floor(Math.abs(seconds) / 60);
      const fine = how?.seconds;
      const rest = Math.floor(Math.abs(seconds)) % 60;
      const days = how?.working || how?.hours ? 0 : Math.floor(minutes / 1440);
      const hours = Math.floor((minutes - days * 1440) / 60);
      const parts = [
        days > 0 && `${number(days)}${nbsp}${unit.day}`,
        hours > 0 && `${number(hours)}${nbsp}${unit.hour}`,
        days === 0 && (minutes % 60 > 0 || (minutes === 0 && !fine)) && `${minutes % 60}${nbsp}${unit.minute}`,
        fine && (rest > 0 || minutes === 0) && `${rest}${nbsp}${unit.second}`,
        how?.working && unit.working,
      ];
      return sign + parts.filter(Boolean).join(nbsp);
    },
    number,
    percent: (share, digits) => (language === "ru" ? `${number(share * 100, digits)}${nbsp}%` : `${number(share * 100, digits)}%`),
    fileSize(bytes) {
      let size = bytes;
      let step = 0;
      while (size >= 1000 && step < unit.bytes.length - 1) {
        size /= 1024;
        step += 1;
      }
      return `${number(size, size < 10 && step > 1 ? 1 : 0)}${nbsp}${unit.bytes[step]}`;
    },
  };
}

const units = {
  ru: {
    yesterday: "вчера",
    moment: "только что",
    second: "с",
    minute: "мин",
    hour: "ч",
    day: "дн",
    working: "раб.",
    bytes: ["Б", "КБ", "МБ", "ГБ"],
  },
  en: {
    yesterday: "yesterday",
    moment: "just now",
    second: "s",
    minute: "min",
    hour: "h",
    day: "d",
    working: "work",
    bytes: ["B", "KB", "MB", "GB"],
  },
};

/** A number never parts from its unit: `23 нояб.` and `2026 г.` stay on one line. */
function tie(text: string): string {
  return text.replace(/(\d) (?=\p{L})/gu, `$1${nbsp}`).replace(/[\u202f]/g, nbsp);
}
