import { plural } from "./plural.ts";

export type Language = "ru" | "en";
export type Values = Record<string, string | number>;

/** What the build makes of one ICU message: text, arguments and choices. */
export type Message = string | Token[];
type Token = string | [name: string, kind?: string, choices?: Choices | string];
type Choices = Record<string, Message | number | undefined> & { offset?: number };

/** Fills a compiled message. An argument that was not given shows as its name in braces. */
export function fill(message: Message, language: Language, values: Values = {}, hash = ""): string {
  if (typeof message === "string") return message;
  return message.map((token) => part(token, language, values, hash)).join("");
}

function part(token: Token, language: Language, values: Values, hash: string): string {
  if (typeof token === "string") return token === "#" ? hash : token;
  const [name, kind, choices] = token;
  const value = values[name];
  if (value === undefined) return `{${name}}`;
  if (kind === undefined) return typeof value === "number" ? number(value, language) : value;
  if (kind === "number") return number(Number(value), language);
  if (typeof choices !== "object") return String(value);
  if (kind === "select") return fill(pick(choices, [String(value), "other"]), language, values, hash);
  const n = Number(value);
  const shown = n - (choices.offset ?? 0);
  const form = pick(choices, [`${n}`, plural(shown, language, kind === "selectordinal"), "other"]);
  return fill(form, language, values, number(shown, language));
}

function pick(choices: Choices, names: string[]): Message {
  for (const name of names) {
    const found = choices[name];
    if (found !== undefined && typeof found !== "number") return found;
  }
  return "";
}

const numbers: Partial<Record<Language, Intl.NumberFormat>> = {};

function number(value: number, language: Language): string {
  numbers[language] ??= new Intl.NumberFormat(language === "ru" ? "ru-RU" : "en-GB");
  return numbers[language].format(value);
}
