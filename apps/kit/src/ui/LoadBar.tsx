import { cx } from "../look/cx.ts";
import css from "./LoadBar.module.css";

export interface LoadBarProps {
  value: number;
  /** What it was before: shown in a softer tone where it was more. */
  before?: number;
  /** A tick: more than that is too much. */
  limit?: number | null;
  /** The right end of the bar. */
  most: number;
  look?: "rail" | "thin";
}

/** How much of something there is, against a limit. For the eye only: the numbers stand beside it. */
export function LoadBar({ value, before, limit, most, look = "rail" }: LoadBarProps) {
  const share = (n: number) => `${most > 0 ? Math.min(100, Math.max(0, (n / most) * 100)) : 0}%`;
  const over = limit !== null && limit !== undefined && value > limit;
  return (
    <span className={cx(css.rail, look === "thin" && css.thin)} aria-hidden="true">
      {before !== undefined && before > value && <i className={css.was} style={{ width: share(before) }} />}
      <i className={cx(css.now, over && css.over)} style={{ width: share(value) }} />
      {limit !== null && limit !== undefined && <u style={{ left: share(limit) }} />}
    </span>
  );
}
