import { type Combo, comboLabel } from "../keys/combo.ts";
import css from "./Kbd.module.css";

/** A key cap. It is for the eye only: the name of the control says nothing of it. Hidden on touch screens. */
export function Kbd({ combo, bare }: { combo: Combo; bare?: boolean }) {
  return (
    <span className={bare ? `${css.kbd} ${css.bare}` : css.kbd} data-key="" aria-hidden="true">
      {comboLabel(combo)}
    </span>
  );
}
