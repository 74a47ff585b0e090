import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "./Icon.tsx";
import css from "./Notice.module.css";

export interface EmptyStateProps {
  title: string;
  children?: ReactNode;
  icon?: LucideIcon;
  actions?: ReactNode;
}

/** Nothing here, said in words that help: what would be here, and what to do next. */
export function EmptyState({ title, children, icon, actions }: EmptyStateProps) {
  return (
    <div className={css.empty}>
      {icon && <Icon of={icon} size={24} />}
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {actions && <div>{actions}</div>}
    </div>
  );
}
