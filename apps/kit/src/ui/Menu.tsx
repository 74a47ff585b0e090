import * as Ariakit from "@ariakit/react";
import { Check, type LucideIcon } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { type Combo, comboAria } from "../keys/combo.ts";
import { cx } from "../look/cx.ts";
import { floating } from "../look/floats.ts";
import css from "./float.module.css";
import { Icon } from "./Icon.tsx";
import { Kbd } from "./Kbd.tsx";

export interface MenuAction {
  label: string;
  hint?: string;
  icon?: LucideIcon;
  /** Drawn instead of an icon: a ring, bars, a tile, an avatar. */
  mark?: ReactNode;
  keys?: Combo;
  danger?: boolean;
  disabled?: boolean;
  /** A choice among the items: the chosen one has a tick. */
  checked?: boolean;
  onSelect: () => void;
}

export type MenuEntry = MenuAction | { heading: string } | "line";

export interface MenuProps {
  /** The element that opens it: a Button or an IconButton. */
  button: ReactElement;
  items: readonly MenuEntry[];
  /** Where it opens from; the start edge by default. */
  align?: "start" | "end";
}

/** Actions behind one button. Arrows move, letters jump, Esc closes and gives the focus back. */
export function Menu({ button, items, align = "start" }: MenuProps) {
  return (
    <Ariakit.MenuProvider placement={`bottom-${align}`}>
      <Ariakit.MenuButton render={button} />
      <Ariakit.Menu gutter={4} className={css.panel} {...floating}>
        {items.map((item, index) => (
          <Entry key={typeof item === "object" && "label" in item ? item.label : index} item={item} />
        ))}
      </Ariakit.Menu>
    </Ariakit.MenuProvider>
  );
}

function Entry({ item }: { item: MenuEntry }) {
  if (item === "line") return <Ariakit.MenuSeparator className={css.line} />;
  if ("heading" in item) {
    return (
      <div className={css.heading} role="presentation">
        {item.heading}
      </div>
    );
  }
  const choice = item.checked === undefined ? {} : { role: "menuitemradio", "aria-checked": item.checked };
  return (
    <Ariakit.MenuItem
      {...choice}
      className={cx(css.item, item.danger && css.red)}
      disabled={item.disabled}
      aria-keyshortcuts={item.keys && comboAria(item.keys)}
      onClick={item.onSelect}
    >
      {item.mark ?? (item.icon && <Icon of={item.icon} />)}
      <span className={css.label}>
        {item.label}
        {item.hint && <span className={css.hint}>{item.hint}</span>}
      </span>
      {(item.keys || item.checked) && (
        <span className={css.end}>
          {item.checked && <Icon of={Check} />}
          {item.keys && <Kbd combo={item.keys} />}
        </span>
      )}
    </Ariakit.MenuItem>
  );
}
