import { cx } from "../look/cx.ts";
import { useWords } from "../words/useWords.ts";
import css from "./Notice.module.css";
import words from "./words.json";

export interface SkeletonProps {
  lines?: number;
  /** `rows` for lists, `block` for one filled area. */
  look?: "text" | "rows" | "block";
}

/** The place of what is still loading. Nothing shows for the first 150 ms. */
export function Skeleton({ lines = 3, look = "text" }: SkeletonProps) {
  const t = useWords(words);
  const bones = Array.from({ length: look === "block" ? 1 : lines }, (_, index) => index);
  return (
    <div className={cx(css.bones, look === "rows" && css.rows)} role="status" aria-busy="true">
      <span className="vh">{t("loading")}</span>
      {bones.map((index) => (
        <div key={index} className={cx(css.bone, look === "block" && css.block)} />
      ))}
    </div>
  );
}
