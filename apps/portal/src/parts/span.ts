import { useWords } from "@manydesk/kit/words/useWords";
import words from "./words.json";

/** A length of time spelt out, as after «через» and «на»: «3 часа 14 минут», «2 дня». At least a minute. */
export function useSpan(): (seconds: number) => string {
  const t = useWords(words);
  return (seconds) => {
    const minutes = Math.max(1, Math.round(Math.abs(seconds) / 60));
    const h = Math.floor(minutes / 60);
    const m = minutes % 60;
    if (h >= 48) return t("span.days", { d: Math.round(h / 24) });
    if (h === 0) return t("span.minutes", { m });
    return m === 0 ? t("span.hours", { h }) : t("span.both", { h, m });
  };
}
