import { Dialog } from "@manydesk/kit/ui/Dialog";
import { Input } from "@manydesk/kit/ui/Input";
import { useWords } from "@manydesk/kit/words/useWords";
import { type KeyboardEvent, type ReactNode, useId, useState } from "react";
import css from "./Chooser.module.css";
import words from "./words.json";

export interface Choice {
  id: string;
  label: string;
  hint?: string;
  mark?: ReactNode;
  /** A line under it: what it means. */
  more?: string;
}

interface Props {
  title: string;
  choices: readonly Choice[];
  /** Where the cursor stands at first. */
  chosen?: string;
  /** A word to go with it, that may be left out: why. */
  note?: string;
  /** What became of the choice that was taken, above the list. */
  notice?: ReactNode;
  /** A choice is being carried out: no other one is taken. */
  busy?: boolean;
  onChoose: (id: string, note: string) => void;
  onClose: () => void;
}

/** One out of a list, by keys alone: letters narrow it, arrows move, Enter takes. */
export function Chooser({ title, choices, chosen, note, notice, busy, onChoose, onClose }: Props) {
  const t = useWords(words);
  const id = useId();
  const [typed, setTyped] = useState("");
  const [said, setSaid] = useState("");
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      choices.findIndex((choice) => choice.id === chosen),
    ),
  );
  const found = choices.filter((choice) => fits(choice, typed));
  const active = Math.min(at, found.length - 1);
  const take = (choice: Choice | undefined) => {
    if (choice && !busy) onChoose(choice.id, said.trim());
  };
  const steer = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (event.key === "Enter" && !event.nativeEvent.isComposing) take(found[active]);
    else if (step && found.length > 0) setAt((active + step + found.length) % found.length);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog open onClose={onClose} title={title}>
      <div className={css.box} aria-busy={busy}>
        {notice}
        <Input
          size="sm"
          role="combobox"
          aria-label={title}
          aria-expanded
          aria-controls={id}
          aria-activedescendant={found[active] && `${id}-${found[active].id}`}
          autoComplete="off"
          placeholder={t("choose.hint")}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(0);
          }}
          onKeyDown={steer}
          autoFocus
        />
        <div id={id} role="listbox" aria-label={title} className={css.list}>
          {found.map((choice, index) => (
            <div
              key={choice.id}
              id={`${id}-${choice.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              className={choice.more ? `${css.option} ${css.long}` : css.option}
              onMouseMove={() => setAt(index)}
              onClick={() => take(choice)}
              onKeyDown={steer}
              ref={index === active ? reveal : undefined}
            >
              {choice.mark}
              <span className="cut">{choice.label}</span>
              {choice.hint && <span className={css.hint}>{choice.hint}</span>}
              {choice.more && <span className={css.more}>{choice.more}</span>}
            </div>
          ))}
        </div>
        {found.length === 0 && <p className="muted s13">{t("choose.none")}</p>}
        {note && (
          <Input
            size="sm"
            aria-label={note}
            placeholder={note}
            value={said}
            maxLength={500}
            onChange={(event) => setSaid(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
              event.preventDefault();
              take(found[active]);
            }}
          />
        )}
      </div>
    </Dialog>
  );
}

function reveal(node: HTMLElement | null): void {
  node?.scrollIntoView({ block: "nearest" });
}

function fits(choice: Choice, typed: string): boolean {
  const text = `${choice.label} ${choice.hint ?? ""} ${choice.more ?? ""}`.toLocaleLowerCase();
  return typed
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
