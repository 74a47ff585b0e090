import type { ReactNode } from "react";
import css from "./Editor.module.css";

/** One setting in a list: its name, which opens it, and what it says in a sentence. */
export function SettingLine({ name, onOpen, children }: { name: string; onOpen: () => void; children: ReactNode }) {
  return (
    <span className={css.line}>
      <button type="button" className={css.open} onClick={onOpen}>
        {name}
      </button>
      <span className={css.said}>{children}</span>
    </span>
  );
}
