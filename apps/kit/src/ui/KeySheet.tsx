import { keys } from "../keys/keys.ts";
import { useWords } from "../words/useWords.ts";
import { Dialog } from "./Dialog.tsx";
import { Kbd } from "./Kbd.tsx";
import css from "./Palette.module.css";
import words from "./words.json";

/** The `?` sheet: every key that works on the screen below, as this person has it. */
export function KeySheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useWords(words);
  const scopes = open ? keys.live().filter((scope) => scope.commands.some((c) => !c.quiet)) : [];
  return (
    <Dialog open={open} onClose={onClose} title={t("keySheet")} wide>
      <div className={css.sheet}>
        {scopes.map((scope) => (
          <section key={scope.name} className={css.group}>
            <h3>{scope.name}</h3>
            <ul>
              {scope.commands
                .filter((command) => !command.quiet)
                .map((command) => (
                  <li key={command.id}>
                    {command.label}
                    <span className={css.caps}>
                      {keys.combos(command).map((combo) => (
                        <Kbd key={combo} combo={combo} spoken />
                      ))}
                    </span>
                  </li>
                ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
