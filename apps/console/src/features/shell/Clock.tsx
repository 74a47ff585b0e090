import { useNow } from "@manydesk/kit/clock/useNow";
import { useFormats } from "@manydesk/kit/words/format";
import { useWords } from "@manydesk/kit/words/useWords";
import { useConnection } from "../../parts/live.ts";
import css from "./Sidebar.module.css";
import words from "./words.json";

/** The time here, and whether what is shown keeps itself up to date. */
export function Clock() {
  const t = useWords(words);
  const f = useFormats();
  const now = useNow(30);
  const live = useConnection() !== "lost";
  return (
    <div className={css.clock}>
      <span className={live ? css.dot : `${css.dot} ${css.broken}`} aria-hidden="true" />
      <span>{live ? t("live") : t("notLive")}</span>
      <time>{f.time(now)}</time>
    </div>
  );
}
