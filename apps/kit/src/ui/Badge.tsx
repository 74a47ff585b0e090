import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "../look/cx.ts";
import css from "./Badge.module.css";
import { Icon } from "./Icon.tsx";

export type Tone = "calm" | "box" | "grey" | "ok" | "info" | "warn" | "danger" | "note";

export interface BadgeProps {
  /** `calm` has no box at all; only what means something gets a colour. */
  tone?: Tone;
  icon?: LucideIcon;
  /** 20 high in rows, 24 in headers. */
  size?: "sm" | "lg";
  title?: string;
  children: ReactNode;
}

export function Badge({ tone = "grey", icon, size = "sm", title, children }: BadgeProps) {
  return (
    <span className={cx(css.chip, css[tone], size === "lg" && css.lg)} title={title}>
      {icon && <Icon of={icon} size={12} />}
      {children}
    </span>
  );
}
