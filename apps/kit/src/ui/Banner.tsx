import { CircleAlert, CircleCheck, Info, Lock, TriangleAlert, X } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "../look/cx.ts";
import { useWords } from "../words/useWords.ts";
import { IconButton } from "./Button.tsx";
import { Icon } from "./Icon.tsx";
import css from "./Notice.module.css";
import words from "./words.json";

const icons = { info: Info, ok: CircleCheck, warn: TriangleAlert, danger: CircleAlert, note: Lock };

export interface BannerProps {
  kind: keyof typeof icons;
  children: ReactNode;
  actions?: ReactNode;
  onClose?: () => void;
  /** Edge to edge, under a header. */
  flat?: boolean;
  /** Said by a screen reader when it appears: `status` waits its turn, `alert` does not. */
  live?: "status" | "alert";
}

/** A sentence about the whole page or panel that stays while it is true. */
export function Banner({ kind, children, actions, onClose, flat, live }: BannerProps) {
  const t = useWords(words);
  return (
    <div className={cx(css.banner, css[kind], flat && css.flat)} role={live}>
      <Icon of={icons[kind]} />
      <div className={css.text}>{children}</div>
      {actions && <div className={css.actions}>{actions}</div>}
      {onClose && <IconButton icon={X} label={t("close")} size="xs" onClick={onClose} />}
    </div>
  );
}
