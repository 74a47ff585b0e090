import * as Ariakit from "@ariakit/react";
import type { ReactElement } from "react";
import type { Combo } from "../keys/combo.ts";
import css from "./float.module.css";
import { Kbd } from "./Kbd.tsx";

export interface TooltipProps {
  text: string;
  keys?: Combo;
  /** One focusable element. Its own name must stand without the tooltip. */
  children: ReactElement;
}

/** A word about a control, on hover and on keyboard focus. Never the only place of anything. */
export function Tooltip({ text, keys, children }: TooltipProps) {
  return (
    <Ariakit.TooltipProvider timeout={400} placement="bottom">
      <Ariakit.TooltipAnchor render={children} />
      <Ariakit.Tooltip gutter={6} className={css.tip} portal unmountOnHide>
        {text}
        {keys && <Kbd combo={keys} bare />}
      </Ariakit.Tooltip>
    </Ariakit.TooltipProvider>
  );
}
