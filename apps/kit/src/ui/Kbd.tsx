import { type Combo, comboLabel } from "../keys/combo.ts";
import css from "./Kbd.module.css";

/** A key cap. It is for the eye only: the name of the control says nothing of it. Hidden on touch screens. `spoken` lets a screen reader have it. */
export function Kbd({ combo, bare, spoken }: { combo: Combo; bare?: boolean; spoken?: boolean }) {
  return (
    <span className={bare ? `${css.kbd} ${css.bare}` : css.kbd} data-key="" aria-hidden={spoken ? undefined : true}>
      {comboLabel(combo)}
    </span>
  );
}
