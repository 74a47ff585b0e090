import { X } from "lucide-react";
import { cx } from "../look/cx.ts";
import { close, hold, release, type Standing, useToasts } from "../look/toast.ts";
import { useWords } from "../words/useWords.ts";
import { Icon } from "./Icon.tsx";
import { Kbd } from "./Kbd.tsx";
import css from "./Toast.module.css";
import words from "./words.json";

/** Where toasts stand. Once an app, at its root; say them with `toast()` from `@manydesk/kit/look/toast`. */
export function Toasts({ undoKeys }: { undoKeys?: string }) {
  const all = useToasts();
  const t = useWords(words);
  const show = (one: Standing) => (
    <div key={one.id} className={cx(css.toast, one.kind === "bad" && css.bad)}>
      <span className={css.text}>{one.text}</span>
      {one.undo && (
        <button
          type="button"
          className={css.act}
          onClick={() => {
            one.undo?.run();
            close(one.id);
          }}
        >
          {one.undo.label ?? t("undo")}
          {undoKeys && <Kbd combo={undoKeys} bare />}
        </button>
      )}
      <button type="button" className={css.close} aria-label={t("close")} onClick={() => close(one.id)}>
        <Icon of={X} />
      </button>
    </div>
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hovering only gives more time to read.
    <div className={css.stack} onMouseEnter={hold} onMouseLeave={release} onFocus={hold} onBlur={release}>
      <div role="status">{all.filter((one) => one.kind !== "bad").map(show)}</div>
      <div role="alert">{all.filter((one) => one.kind === "bad").map(show)}</div>
    </div>
  );
}
