import { readFile } from "node:fs/promises";
import { compileMessageOrThrow } from "@lingui/message-utils/compileMessage";
import type { Plugin } from "vite";

/**
 * Compiles every imported `words.json` from ICU message text to token lists, so that
 * no parser of messages is shipped to the browser. A message that does not parse, or
 * that lacks a language, fails the build with the file and the key.
 */
export function words(): Plugin {
  return {
    name: "manydesk-words",
    enforce: "pre",
    async load(id) {
      const file = id.split("?")[0] ?? id;
      if (!file.endsWith("/words.json")) return null;
      this.addWatchFile(file);
      return { code: compileWords(await readFile(file, "utf8"), file), map: null, moduleType: "js" };
    },
  };
}

export function compileWords(source: string, file: string): string {
  const parsed = JSON.parse(source) as Record<string, { ru?: string; en?: string }>;
  const out: Record<string, { ru: unknown; en: unknown }> = {};
  for (const [key, message] of Object.entries(parsed)) {
    out[key] = { ru: compile(message.ru, "ru", key, file), en: compile(message.en, "en", key, file) };
  }
  return `export default ${JSON.stringify(out)};`;
}

function compile(text: string | undefined, language: string, key: string, file: string): unknown {
  if (text === undefined) throw new Error(`${file}: “${key}” has no ${language} text`);
  try {
    const tokens = compileMessageOrThrow(text);
    if (tokens.length === 0) return "";
    return tokens.length === 1 && typeof tokens[0] === "string" ? tokens[0] : tokens;
  } catch (cause) {
    throw new Error(`${file}: “${key}” (${language}) is not a readable message: ${text}`, { cause });
  }
}
