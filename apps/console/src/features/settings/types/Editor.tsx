import type { ReactNode } from "react";
import editor from "../drafting/Editor.module.css";
import css from "./Types.module.css";

/** What is edited. Where nothing may be, it is still read to its end by keys. */
export function Editor({ readOnly, label, children }: { readOnly: boolean; label: string; children: ReactNode }) {
  return (
    <section className={editor.editor} aria-label={label} tabIndex={readOnly ? 0 : undefined}>
      <fieldset className={css.bare} disabled={readOnly}>
        {children}
      </fieldset>
    </section>
  );
}
