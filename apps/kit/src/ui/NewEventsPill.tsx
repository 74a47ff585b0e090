import { ArrowDown, ArrowUp } from "lucide-react";
import { Icon } from "./Icon.tsx";
import css from "./Notice.module.css";

export interface NewEventsPillProps {
  /** «5 новых», «1 новый ответ клиента, 12:24 — показать». Nothing shows while it is empty. */
  children: string;
  to: "up" | "down";
  onShow: () => void;
}

/** New things wait behind this instead of moving the page. Polite to screen readers. */
export function NewEventsPill({ children, to, onShow }: NewEventsPillProps) {
  return (
    <div role="status">
      {children && (
        <button type="button" className={css.pill} onClick={onShow}>
          <Icon of={to === "up" ? ArrowUp : ArrowDown} size={12} />
          {children}
        </button>
      )}
    </div>
  );
}
