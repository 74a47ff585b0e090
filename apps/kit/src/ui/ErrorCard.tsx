import { CircleAlert, RotateCw } from "lucide-react";
import { Problem } from "../api/problem.ts";
import { useWords } from "../words/useWords.ts";
import { Button } from "./Button.tsx";
import { Icon } from "./Icon.tsx";
import css from "./Notice.module.css";
import words from "./words.json";

export interface ErrorCardProps {
  /** What was thrown. A Problem brings its own sentences; anything else is our fault. */
  error: unknown;
  onRetry?: () => void;
  busy?: boolean;
}

/** What went wrong, the number to quote, and a way to try again. What was shown before stays. */
export function ErrorCard({ error, onRetry, busy }: ErrorCardProps) {
  const t = useWords(words);
  const { title, detail, requestId } = sentences(error, t);
  return (
    <div className={css.error} role="alert">
      <h2>
        <Icon of={CircleAlert} />
        {title}
      </h2>
      {detail && <p>{detail}</p>}
      {(onRetry || requestId) && (
        <div className={css.foot}>
          {onRetry && (
            <Button icon={RotateCw} onClick={onRetry} busy={busy}>
              {t("retry")}
            </Button>
          )}
          {requestId && <span className={css.id}>{t("requestNumber", { id: requestId })}</span>}
        </div>
      )}
    </div>
  );
}

/** One line for a toast or a banner: what the person should know of an error. */
export function useSentence(): (error: unknown) => string {
  const t = useWords(words);
  return (error) => {
    const { title, detail } = sentences(error, t);
    return detail ?? title;
  };
}

type Say = ReturnType<typeof useWords<typeof words>>;

function sentences(error: unknown, t: Say): { title: string; detail?: string; requestId?: string } {
  if (!(error instanceof Problem)) return { title: t("ourFault") };
  if (error.code === "unreachable") return { title: t("unreachable"), detail: t("unreachableDetail") };
  if (error.code === "timed_out" && !error.title) return { title: t("timedOut") };
  return {
    title: error.title || t("ourFault"),
    detail: error.detail,
    requestId: error.status >= 500 || error.status === 0 ? error.requestId : undefined,
  };
}
