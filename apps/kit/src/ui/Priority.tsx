import { cx } from "../look/cx.ts";
import { useWords } from "../words/useWords.ts";
import css from "./Badge.module.css";
import words from "./words.json";

/** Three bars and «P1». Only the first is red. `wordless` leaves the code to the word beside it. */
export function PriorityBars({ priority, wordless }: { priority: 1 | 2 | 3 | 4; wordless?: boolean }) {
  const t = useWords(words);
  const lit = 4 - priority;
  return (
    <span className={cx(css.pr, priority === 1 && css.p1)} title={t(`p${priority}`)}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        <rect x="0.5" y="7" width="2.6" height="4.5" rx="0.6" className={lit >= 1 ? undefined : css.off} />
        <rect x="4.7" y="4" width="2.6" height="7.5" rx="0.6" className={lit >= 2 ? undefined : css.off} />
        <rect x="8.9" y="0.5" width="2.6" height="11" rx="0.6" className={lit >= 3 ? undefined : css.off} />
      </svg>
      {!wordless && (
        <>
          <span aria-hidden="true">P{priority}</span>
          <span className="vh">{t(`p${priority}`)}</span>
        </>
      )}
    </span>
  );
}

/** «Критический», «Высокий», «Обычный», «Низкий». */
export function usePriorityName(): (priority: 1 | 2 | 3 | 4) => string {
  const t = useWords(words);
  return (priority) => t(`p${priority}`);
}
