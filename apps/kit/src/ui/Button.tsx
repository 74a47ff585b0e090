import type { LucideIcon } from "lucide-react";
import type { AnchorHTMLAttributes, ButtonHTMLAttributes, MouseEvent, ReactNode, Ref } from "react";
import { type Combo, comboAria } from "../keys/combo.ts";
import { cx } from "../look/cx.ts";
import css from "./Button.module.css";
import { Icon } from "./Icon.tsx";
import { Kbd } from "./Kbd.tsx";
import { Tooltip } from "./Tooltip.tsx";

export interface ButtonLook {
  /** One `primary` a screen. `danger` is for what cannot be undone. */
  kind?: "plain" | "primary" | "ghost" | "danger" | "link" | "note";
  /** 24 inline, 32 in bars (the default), 40 in forms; in the portal 32, 44, 48 and 56. */
  size?: "xs" | "sm" | "md" | "lg";
  wide?: boolean;
}

export interface ButtonProps extends ButtonLook, ButtonHTMLAttributes<HTMLButtonElement> {
  icon?: LucideIcon;
  /** The key that does the same; its cap is shown inside. Binding it is `useKeys`'s work. */
  keys?: Combo;
  /** Work is under way: keeps its place and its focus, ignores presses. */
  busy?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({ kind, size, wide, icon, keys, busy, className, children, onClick, type = "button", ...rest }: ButtonProps) {
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (busy) event.preventDefault();
    else onClick?.(event);
  };
  return (
    <button
      {...rest}
      type={type}
      className={cx(look({ kind, size, wide }), busy && css.busy, className)}
      aria-busy={busy || undefined}
      aria-disabled={busy || rest["aria-disabled"]}
      aria-keyshortcuts={keys && comboAria(keys)}
      onClick={press}
    >
      {icon && <Icon of={icon} size={size === "lg" ? 20 : 16} />}
      {children}
      {keys && <Kbd combo={keys} bare={kind === "primary"} />}
    </button>
  );
}

export interface ButtonLinkProps extends ButtonLook, AnchorHTMLAttributes<HTMLAnchorElement> {
  icon?: LucideIcon;
  keys?: Combo;
  ref?: Ref<HTMLAnchorElement>;
}

/** A link that looks like a button: it goes somewhere, it does nothing. */
export function ButtonLink({ kind, size, wide, icon, keys, className, children, ...rest }: ButtonLinkProps) {
  return (
    <a {...rest} className={cx(look({ kind, size, wide }), className)} aria-keyshortcuts={keys && comboAria(keys)}>
      {icon && <Icon of={icon} size={size === "lg" ? 20 : 16} />}
      {children}
      {keys && <Kbd combo={keys} bare={kind === "primary"} />}
    </a>
  );
}

export interface IconButtonProps extends Omit<ButtonProps, "children" | "icon" | "wide"> {
  icon: LucideIcon;
  /** What it does, in words: its name for a screen reader and its tooltip. */
  label: string;
  /** Without its tooltip: where Esc must do its work at once, as on the cross of a window. */
  bare?: boolean;
  children?: ReactNode;
}

export function IconButton({
  icon,
  label,
  keys,
  kind = "ghost",
  size,
  busy,
  bare,
  className,
  children,
  onClick,
  type = "button",
  ...rest
}: IconButtonProps) {
  const button = (
    <button
      {...rest}
      type={type}
      className={cx(look({ kind, size }), css.icon, busy && css.busy, className)}
      aria-label={label}
      aria-disabled={busy || rest["aria-disabled"]}
      aria-keyshortcuts={keys && comboAria(keys)}
      onClick={(event) => (busy ? event.preventDefault() : onClick?.(event))}
    >
      <Icon of={icon} size={size === "xs" ? 14 : 16} />
      {children}
    </button>
  );
  if (bare) return button;
  return (
    <Tooltip text={label} keys={keys}>
      {button}
    </Tooltip>
  );
}

function look({ kind = "plain", size = "sm", wide }: ButtonLook): string {
  return cx(css.btn, kind !== "plain" && css[kind], size !== "sm" && css[size], wide && css.wide);
}
