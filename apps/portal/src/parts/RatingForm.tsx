import { cx } from "@manydesk/kit/look/cx";
import { StarRating } from "@manydesk/kit/ui/StarRating";
import { useWords } from "@manydesk/kit/words/useWords";
import { type FormEvent, useId, useState } from "react";
import { Refusal } from "./ErrorCard.tsx";
import css from "./page.module.css";
import rating from "./RatingForm.module.css";
import words from "./words.json";

export interface Given {
  score: number;
  reasons: string[];
  comment: string;
}

const reasons = ["speed", "courtesy", "clarity", "result"] as const;
const most = 3;

/** Stars, at most three reasons, a comment. Nothing is recorded before the button. */
export function RatingForm({
  start,
  onSend,
  busy,
  error,
  folded,
}: {
  start: { score: number | null; reasons: readonly string[]; comment: string };
  onSend: (given: Given) => void;
  busy: boolean;
  error: unknown;
  /** Only the stars until one is chosen: another question is asked on the page already. */
  folded?: boolean;
}) {
  const t = useWords(words);
  const id = useId();
  const [score, setScore] = useState(start.score);
  const [chosen, setChosen] = useState(start.reasons);
  const [comment, setComment] = useState(start.comment);
  const [missed, setMissed] = useState(false);
  const toggle = (one: string) => setChosen(chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one]);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    if (score === null) setMissed(true);
    else onSend({ score, reasons: [...chosen], comment: comment.trim() });
  };
  const stars = <StarRating label={t("score")} labelHidden size="lg" wordy value={score} onChange={setScore} />;
  if (folded && score === null) return stars;
  return (
    <form className={rating.form} onSubmit={send} noValidate>
      {stars}
      {missed && score === null && (
        <p className={css.bad} role="alert">
          {t("chooseStar")}
        </p>
      )}
      <fieldset className={css.f}>
        <legend className={cx(css.label, rating.legend)}>{score !== null && score < 4 ? t("disliked") : t("liked")}</legend>
        <div className={rating.chips}>
          {reasons.map((one) => (
            <button
              key={one}
              type="button"
              className={css.chip}
              aria-pressed={chosen.includes(one)}
              disabled={!chosen.includes(one) && chosen.length >= most}
              onClick={() => toggle(one)}
            >
              {t(one)}
            </button>
          ))}
        </div>
        {chosen.length >= most && <p className={css.hint}>{t("atMost")}</p>}
      </fieldset>
      <div className={css.f}>
        <label className={css.label} htmlFor={id}>
          {t("comment")}
        </label>
        <textarea id={id} className={css.in} maxLength={2000} value={comment} onChange={(event) => setComment(event.target.value)} />
      </div>
      <Refusal error={error} />
      <div className={rating.send}>
        <button type="submit" className={cx(css.btn, !folded && css.cta)} aria-busy={busy || undefined}>
          {t("sendRating")}
        </button>
        <p className={css.meta}>{t("changeable")}</p>
      </div>
    </form>
  );
}
