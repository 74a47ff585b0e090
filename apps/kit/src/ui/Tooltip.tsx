import { cloneElement, type FocusEvent, type KeyboardEvent, type MouseEvent, type ReactElement, useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import type { Combo } from "../keys/combo.ts";
import css from "./float.module.css";
import { Kbd } from "./Kbd.tsx";

export interface TooltipProps {
  text: string;
  keys?: Combo;
  /** One focusable element. Its own name must stand without the tooltip. */
  children: ReactElement<Heard>;
}

interface Heard {
  onMouseEnter?: (event: MouseEvent<HTMLElement>) => void;
  onMouseLeave?: (event: MouseEvent<HTMLElement>) => void;
  onFocus?: (event: FocusEvent<HTMLElement>) => void;
  onBlur?: (event: FocusEvent<HTMLElement>) => void;
  onKeyDown?: (event: KeyboardEvent<HTMLElement>) => void;
  onClick?: (event: MouseEvent<HTMLElement>) => void;
}

/**
 * A word about a control, on hover and on keyboard focus. Never the only place of anything. It stays
 * while the pointer is on it and goes with Esc; a press of the control sends it away.
 */
export function Tooltip({ text, keys, children }: TooltipProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const later = (wait: number, next: HTMLElement | null) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setAnchor(next), wait);
  };
  const now = (next: HTMLElement | null) => {
    clearTimeout(timer.current);
    setAnchor(next);
  };
  const own = children.props;
  const heard: Heard = {
    onMouseEnter: (event) => {
      own.onMouseEnter?.(event);
      later(400, event.currentTarget);
    },
    onMouseLeave: (event) => {
      own.onMouseLeave?.(event);
      later(120, null);
    },
    onFocus: (event) => {
      own.onFocus?.(event);
      if (event.currentTarget.matches(":focus-visible")) later(400, event.currentTarget);
    },
    onBlur: (event) => {
      own.onBlur?.(event);
      now(null);
    },
    onKeyDown: (event) => {
      if (event.key === "Escape" && anchor) {
        event.stopPropagation();
        now(null);
        return;
      }
      own.onKeyDown?.(event);
    },
    onClick: (event) => {
      now(null);
      own.onClick?.(event);
    },
  };
  return (
    <>
      {cloneElement(children, heard)}
      {anchor?.isConnected &&
        createPortal(
          <div
            role="tooltip"
            className={css.tip}
            ref={(tip) => place(tip, anchor)}
            onMouseEnter={() => now(anchor)}
            onMouseLeave={() => later(120, null)}
          >
            {text}
            {keys && <Kbd combo={keys} bare />}
          </div>,
          document.body,
        )}
    </>
  );
}

// Under the control, over it where there is no room, and never past the edge of the page.
function place(tip: HTMLElement | null, anchor: HTMLElement): void {
  if (!tip) return;
  const box = anchor.getBoundingClientRect();
  const { width, height } = tip.getBoundingClientRect();
  const under = box.bottom + 6 + height <= window.innerHeight;
  const left = Math.min(Math.max(4, box.left + (box.width - width) / 2), window.innerWidth - width - 4);
  tip.style.left = `${Math.round(left)}px`;
  tip.style.top = `${Math.round(under ? box.bottom + 6 : box.top - height - 6)}px`;
}
