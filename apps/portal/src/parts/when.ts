import { formats } from "@manydesk/kit/words/format";
import { type Language, useLanguage } from "@manydesk/kit/words/language";
import { useSession } from "./portal.ts";

const words = {
  ru: { "-1": "вчера", "0": "сегодня", "1": "завтра" },
  en: { "-1": "yesterday", "0": "today", "1": "tomorrow" },
} as const;

/** A moment as people say it: `сегодня, 12:34`, `завтра, 12:00`, `23 ноября, 12:49`, the year when it is another one. */
export function when(at: string, now: Date, language: Language, zone?: string): string {
  const { day, time } = dayAndTime(at, now, language, zone);
  return `${day}, ${time}`;
}

/** The two parts of it, where a word comes between: `сегодня` до `16:34`. */
export function dayAndTime(at: string, now: Date, language: Language, zone?: string): { day: string; time: string } {
  const word = words[language][String(dayOf(at, zone) - dayOf(now, zone)) as "0"];
  return { day: word ?? date(at, now, language, zone), time: formats(language).time(at, zone) };
}

/** The short form for a narrow place: only the time today, only the date before. */
export function whenShort(at: string, now: Date, language: Language, zone?: string): string {
  if (dayOf(at, zone) === dayOf(now, zone)) return formats(language).time(at, zone);
  const format = new Intl.DateTimeFormat(locale(language), { day: "numeric", month: "short", timeZone: zone });
  return tie(format.format(new Date(at)));
}

/** For a conversation: today goes without saying. */
export function whenNear(at: string, now: Date, language: Language, zone?: string): string {
  return dayOf(at, zone) === dayOf(now, zone) ? formats(language).time(at, zone) : when(at, now, language, zone);
}

/** All of them for the reader: in the shown language and the zone of the profile. */
export function useWhen(): Record<"full" | "near" | "short", (at: string) => string> & {
  parts: (at: string) => { day: string; time: string };
} {
  const language = useLanguage();
  const zone = useSession()?.contact.time_zone || undefined;
  return {
    full: (at) => when(at, new Date(), language, zone),
    near: (at) => whenNear(at, new Date(), language, zone),
    short: (at) => whenShort(at, new Date(), language, zone),
    parts: (at) => dayAndTime(at, new Date(), language, zone),
  };
}

function date(at: string, now: Date, language: Language, zone?: string): string {
  const year = (one: string | Date) => new Intl.DateTimeFormat("en", { year: "numeric", timeZone: zone }).format(new Date(one));
  const other = year(at) !== year(now);
  const shape = { day: "numeric", month: "long", timeZone: zone } as const;
  return tie(new Intl.DateTimeFormat(locale(language), other ? { ...shape, year: "numeric" } : shape).format(new Date(at)));
}

/** The number of a calendar day in a zone, so that two can be compared. */
function dayOf(at: string | Date, zone?: string): number {
  const parts = new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit", timeZone: zone });
  return Math.round(Date.parse(`${parts.format(new Date(at))}T00:00:00Z`) / 86_400_000);
}

function locale(language: Language): string {
  return language === "ru" ? "ru-RU" : "en-GB";
}

function tie(text: string): string {
  return text.replace(/(\d) (?=\p{L})/gu, "$1\u00a0");
}
