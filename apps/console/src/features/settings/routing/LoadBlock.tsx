import { LoadBar } from "@manydesk/kit/ui/LoadBar";
import { useWords } from "@manydesk/kit/words/useWords";
import css from "./Routing.module.css";
import type { GroupLoad } from "./spec.ts";
import words from "./words.json";

/** How the draft would shift the load between groups; the tick is what a shift can carry. */
export function LoadBlock({ load }: { load: readonly GroupLoad[] }) {
  const t = useWords(words);
  const most = Math.max(1, ...load.flatMap((one) => [one.before, one.after, one.limit ?? 0])) * 1.12;
  const shown = [...load].sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before)).slice(0, 6);
  return (
    <section aria-label={t("load")}>
      <h3>
        {t("load")} <small>{t("load.limit")}</small>
      </h3>
      {shown.length === 0 && <p className="muted s13">{t("load.none")}</p>}
      <ul className={css.loads}>
        {shown.map((one) => (
          <li key={one.group}>
            <span className="cut">{one.name}</span>
            <LoadBar value={one.after} before={one.before} limit={one.limit} most={most} />
            <b aria-hidden="true">{shift(one.after - one.before)}</b>
            <span className="vh">
              {one.limit === null
                ? t("load.of", { before: one.before, after: one.after })
                : t("load.ofLimit", { before: one.before, after: one.after, limit: one.limit })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function shift(by: number): string {
  if (by === 0) return "0";
  return by > 0 ? `+${by}` : `−${-by}`;
}
