import * as Ariakit from "@ariakit/react";
import { type ReactElement, type ReactNode, useState } from "react";
import { cx } from "../look/cx.ts";
import { floating } from "../look/floats.ts";
import css from "./float.module.css";

export interface PopoverProps {
  button: ReactElement;
  /** Its name for a screen reader. */
  label: string;
  align?: "start" | "end";
  /** Gets a way to close itself. */
  children: (close: () => void) => ReactNode;
}

/** A small panel by its button: a date, an explanation, a short form. */
export function Popover({ button, label, align = "start", children }: PopoverProps) {
  const [open, setOpen] = useState(false);
  return (
    <Ariakit.PopoverProvider placement={`bottom-${align}`} open={open} setOpen={setOpen}>
      <Ariakit.PopoverDisclosure render={button} />
      <Ariakit.Popover gutter={4} className={cx(css.panel, css.padded)} aria-label={label} {...floating} modal backdrop={false}>
        {children(() => setOpen(false))}
      </Ariakit.Popover>
    </Ariakit.PopoverProvider>
  );
}
