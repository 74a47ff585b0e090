import { isProblem } from "@manydesk/kit/api/problem";
import { EmptyState } from "@manydesk/kit/ui/EmptyState";
import { ErrorCard } from "@manydesk/kit/ui/ErrorCard";
import { useWords } from "@manydesk/kit/words/useWords";
import { Link } from "@tanstack/react-router";
import { Lock, SearchX } from "lucide-react";
import css from "./Refusal.module.css";
import words from "./words.json";

interface Props {
  error: unknown;
  onRetry: () => void;
  busy?: boolean;
  /** What is asked for is there for certain: not found is not allowed. */
  there?: boolean;
}

/** Why a screen cannot be shown: denied and missing in calm words, anything else as a failure with a retry. */
export function Refusal({ error, onRetry, busy, there = false }: Props) {
  const t = useWords(words);
  const hidden = isProblem(error) && error.status === 404;
  const missing = hidden && !there;
  const denied = (hidden && there) || (isProblem(error) && error.status === 403);
  if (!missing && !denied) {
    return (
      <div className={css.place}>
        <ErrorCard error={error} onRetry={onRetry} busy={busy} />
      </div>
    );
  }
  const text = isProblem(error) ? (error.detail ?? (denied && !hidden ? error.title : undefined)) : undefined;
  const back = (
    <Link to="/q" className={css.link}>
      {t("toQueue")}
    </Link>
  );
  return (
    <EmptyState icon={missing ? SearchX : Lock} title={missing ? t("missing.title") : t("denied.title")} actions={back}>
      {text ?? t("denied.text")}
    </EmptyState>
  );
}
