import * as Ariakit from "@ariakit/react";
import { X } from "lucide-react";
import type { ReactNode, RefObject } from "react";
import { cx } from "../look/cx.ts";
import { useWords } from "../words/useWords.ts";
import { Button, IconButton } from "./Button.tsx";
import css from "./float.module.css";
import words from "./words.json";

export interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  /** Buttons of the foot, the main one last. */
  actions?: ReactNode;
  wide?: boolean;
  /** `alert` cannot be left by Esc or a click beside it: for layers that must be answered. */
  kind?: "dialog" | "alert";
  /** What gets the focus first; else the first control of the body. The cross comes last. */
  first?: RefObject<HTMLElement | null>;
}

/** A window over the page. Focus stays inside and goes back where it was. */
export function Dialog({ open, onClose, title, children, actions, wide, kind = "dialog", first }: DialogProps) {
  const t = useWords(words);
  const alert = kind === "alert";
  return (
    <Ariakit.Dialog
      open={open}
      onClose={onClose}
      backdrop={<div className={css.backdrop} />}
      className={cx(css.dialog, wide && css.wide)}
      role={alert ? "alertdialog" : undefined}
      data-window=""
      hideOnEscape={!alert}
      hideOnInteractOutside={!alert}
      initialFocus={first}
      unmountOnHide
    >
      <div className={css.head}>
        <Ariakit.DialogHeading render={<h2 />}>{title}</Ariakit.DialogHeading>
      </div>
      <div className={css.body}>{children}</div>
      {actions && <div className={css.foot}>{actions}</div>}
      {!alert && <IconButton icon={X} label={t("close")} onClick={onClose} className={css.close} bare />}
    </Ariakit.Dialog>
  );
}

export interface ConfirmProps {
  open: boolean;
  onClose: () => void;
  onConfirm: () => void;
  title: string;
  /** A verb: «Удалить ключ». Never «Да». */
  action: string;
  danger?: boolean;
  busy?: boolean;
  children: ReactNode;
}

/** Asks before what cannot be undone. What can be undone is done at once, with a toast. */
export function Confirm({ open, onClose, onConfirm, title, action, danger, busy, children }: ConfirmProps) {
  const t = useWords(words);
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={title}
      actions={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind={danger ? "danger" : "primary"} busy={busy} onClick={onConfirm}>
            {action}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}

/** A panel at the right edge for what is read beside the page, or filled in at length. */
export function Sheet({ open, onClose, title, children, actions }: Omit<DialogProps, "wide" | "kind" | "first">) {
  const t = useWords(words);
  return (
    <Ariakit.Dialog
      open={open}
      onClose={onClose}
      backdrop={<div className={css.backdrop} />}
      className={css.sheet}
      data-window=""
      unmountOnHide
    >
      <div className={css.head}>
        <Ariakit.DialogHeading render={<h2 />}>{title}</Ariakit.DialogHeading>
      </div>
      <div className={cx(css.body, css.grow)}>{children}</div>
      {actions && <div className={css.foot}>{actions}</div>}
      <IconButton icon={X} label={t("close")} onClick={onClose} className={css.close} bare />
    </Ariakit.Dialog>
  );
}
