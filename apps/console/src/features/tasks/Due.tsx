import { useFormats } from "@manydesk/kit/words/format";
import { useWords } from "@manydesk/kit/words/useWords";
import css from "./Tasks.module.css";
import words from "./words.json";

/** When it is due; what is late says so in words. */
export function Due({ at, now }: { at: string | null; now: Date }) {
  const t = useWords(words);
  const f = useFormats();
  if (!at) return null;
  const late = new Date(at) < now;
  return <span className={late ? css.late : undefined}>{t(late ? "overdue" : "due", { at: f.recent(at, now) })}</span>;
}
