import { Problem } from "@manydesk/kit/api/problem";
import { useWords } from "@manydesk/kit/words/useWords";
import css from "./page.module.css";
import words from "./words.json";

/** What went wrong in a sentence, the number to quote, and a way to try again. */
export function ErrorCard({ error, onRetry, busy }: { error: unknown; onRetry?: () => void; busy?: boolean }) {
  const t = useWords(words);
  const { title, detail, id } = useSentences(error);
  return (
    <section className={`${css.card} ${css.error}`} role="alert">
      <h2 className={css.h2}>{title}</h2>
      {detail && <p>{detail}</p>}
      {id && <p className={css.meta}>{t("quote", { id })}</p>}
      {onRetry && (
        <button type="button" className={`${css.btn} ${css.small}`} onClick={onRetry} aria-busy={busy || undefined}>
          {t("retry")}
        </button>
      )}
    </section>
  );
}

/** The same in one line, for a form. Nothing while there is nothing to say. */
export function Refusal({ error }: { error: unknown }) {
  const t = useWords(words);
  const { title, detail, id } = useSentences(error);
  if (!error) return null;
  return (
    <p className={css.fault} role="alert">
      {detail ?? title}
      {id && ` ${t("quote", { id })}`}
    </p>
  );
}

function useSentences(error: unknown): { title: string; detail?: string; id?: string } {
  const t = useWords(words);
  if (!(error instanceof Problem)) return { title: t("ourFault") };
  if (error.status === 0) return { title: t("unreachable"), detail: t("unreachableDetail") };
  return { title: error.title || t("ourFault"), detail: error.detail, id: error.status >= 500 ? error.requestId : undefined };
}
