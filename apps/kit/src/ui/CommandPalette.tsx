import * as Ariakit from "@ariakit/react";
import { Search } from "lucide-react";
import { type ReactNode, useMemo, useState } from "react";
import type { Combo } from "../keys/combo.ts";
import { useWords } from "../words/useWords.ts";
import { useFound } from "./Combobox.tsx";
import float from "./float.module.css";
import { Icon } from "./Icon.tsx";
import { Kbd } from "./Kbd.tsx";
import css from "./Palette.module.css";
import words from "./words.json";

export interface PaletteCommand {
  id: string;
  label: string;
  hint?: string;
  group: string;
  mark?: ReactNode;
  keys?: Combo;
  run: () => void;
}

export interface CommandPaletteProps {
  open: boolean;
  onClose: () => void;
  commands: readonly PaletteCommand[];
  /** Things found by the server for the text: tickets, customers. Shown under the commands. */
  load?: (query: string, signal: AbortSignal) => Promise<readonly PaletteCommand[]>;
}

/** Ctrl+K: everything by its name. Arrows move, Enter does, Esc closes. */
export function CommandPalette({ open, onClose, commands, load }: CommandPaletteProps) {
  const t = useWords(words);
  const [query, setQuery] = useState("");
  const own = useFound(
    query,
    useMemo(() => commands.map((one) => ({ ...one, value: one.id })), [commands]),
    undefined,
  );
  const asked = useMemo(
    () =>
      load &&
      (async (text: string, signal: AbortSignal) =>
        text.trim().length < 2 ? [] : (await load(text, signal)).map((one) => ({ ...one, value: one.id }))),
    [load],
  );
  const others = useFound(query, undefined, asked);
  const all = [...own.items, ...(asked ? others.items : [])] as unknown as PaletteCommand[];
  const groups = [...new Set(all.map((one) => one.group))];
  const close = () => {
    setQuery("");
    onClose();
  };
  return (
    <Ariakit.Dialog
      open={open}
      onClose={close}
      backdrop={<div className={float.backdrop} />}
      className={css.palette}
      aria-label={t("palette")}
      unmountOnHide
    >
      <Ariakit.ComboboxProvider value={query} setValue={setQuery} open={open} focusLoop includesBaseElement={false}>
        <div className={css.head}>
          <Icon of={Search} />
          <Ariakit.Combobox autoSelect="always" autoFocus placeholder={t("paletteHint")} aria-label={t("paletteHint")} />
        </div>
        <Ariakit.ComboboxList className={css.list} aria-label={t("palette")}>
          {groups.map((group) => (
            <Ariakit.ComboboxGroup key={group}>
              <Ariakit.ComboboxGroupLabel className={float.heading}>{group}</Ariakit.ComboboxGroupLabel>
              {all
                .filter((one) => one.group === group)
                .map((one) => (
                  <Ariakit.ComboboxItem
                    key={one.id}
                    value={one.id}
                    setValueOnClick={false}
                    hideOnClick={false}
                    focusOnHover
                    className={float.item}
                    onClick={() => {
                      close();
                      one.run();
                    }}
                  >
                    {one.mark}
                    <span className={float.label}>{one.label}</span>
                    <span className={float.end}>
                      {one.hint}
                      {one.keys && <Kbd combo={one.keys} />}
                    </span>
                  </Ariakit.ComboboxItem>
                ))}
            </Ariakit.ComboboxGroup>
          ))}
          {all.length === 0 && <div className={float.quiet}>{others.busy && asked ? t("searching") : t("nothingFound")}</div>}
        </Ariakit.ComboboxList>
      </Ariakit.ComboboxProvider>
    </Ariakit.Dialog>
  );
}
