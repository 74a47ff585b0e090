import { useId } from "react";
import { cx } from "../look/cx.ts";
import { useWords } from "../words/useWords.ts";
import css from "./StarRating.module.css";
import words from "./words.json";

const scores = [1, 2, 3, 4, 5] as const;
const shape = "M12 3.2l2.7 5.6 6.1.8-4.5 4.3 1.1 6.1L12 17.1 6.6 20l1.1-6.1-4.5-4.3 6.1-.8z";

export interface StarRatingProps {
  label: string;
  labelHidden?: boolean;
  value: number | null;
  onChange: (score: number) => void;
  /** 48 px targets, `lg` 60. */
  size?: "md" | "lg";
  /** Shows the score in words below. */
  wordy?: boolean;
  disabled?: boolean;
}

/** Five stars as a radio group: arrows choose, each star is named «3 из 5, нормально». */
export function StarRating({ label, labelHidden, value, onChange, size = "md", wordy, disabled }: StarRatingProps) {
  const name = useId();
  const t = useWords(words);
  const spoken = (score: number) => t("stars", { score, word: t(`score${score as 1}`) });
  return (
    <fieldset className={cx(css.group, size === "lg" && css.lg)} role="radiogroup" disabled={disabled}>
      <legend className={labelHidden ? "vh" : undefined}>{label}</legend>
      <div className={css.stars}>
        {scores.map((score) => (
          <label key={score} className={cx(css.star, value !== null && score <= value && css.on)}>
            <input type="radio" name={name} checked={value === score} onChange={() => onChange(score)} aria-label={spoken(score)} />
            <svg width={size === "lg" ? 36 : 28} height={size === "lg" ? 36 : 28} viewBox="0 0 24 24" aria-hidden="true">
              <path d={shape} />
            </svg>
          </label>
        ))}
      </div>
      {wordy && (
        <div className={css.word} aria-hidden="true">
          {value === null ? <span className={css.ends}>{t("starEnds")}</span> : spoken(value)}
        </div>
      )}
    </fieldset>
  );
}

/** A score that was given: small stars, read as one phrase. */
export function Stars({ score, size = 14 }: { score: number; size?: number }) {
  const t = useWords(words);
  return (
    <span className={css.read} role="img" aria-label={t("stars", { score, word: t(`score${score as 1}`) })}>
      {scores.map((one) => (
        <svg key={one} width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" className={one <= score ? css.on : undefined}>
          <path d={shape} />
        </svg>
      ))}
    </span>
  );
}
