import { type Combo, comboLabel, comboOf } from "@manydesk/kit/keys/combo";
import { toast } from "@manydesk/kit/look/toast";
import { Button } from "@manydesk/kit/ui/Button";
import { Switch } from "@manydesk/kit/ui/Choice";
import { useSentence } from "@manydesk/kit/ui/ErrorCard";
import { useWords } from "@manydesk/kit/words/useWords";
import { type KeyboardEvent, useState } from "react";
import { useSaveMe } from "../../parts/useSaveMe.ts";
import { useSession } from "../../parts/useSession.ts";
import { remappable, withKey } from "./commands.ts";
import css from "./Me.module.css";
import words from "./words.json";

const groups = ["queue", "ticket", "go"] as const;

/** Which key does what, for this person. */
export function KeyMap() {
  const t = useWords(words);
  const sentence = useSentence();
  const { user } = useSession();
  const save = useSaveMe();
  const [hearing, setHearing] = useState<string | null>(null);
  const keymap = user.prefs.keymap ?? {};
  const store = (next: Record<string, Combo>) =>
    save.mutate({ prefs: { keymap: next } }, { onError: (error) => void toast({ text: sentence(error), kind: "bad" }) });
  const hear = (event: KeyboardEvent, id: string, usual: Combo) => {
    if (hearing !== id || /^(Control|Shift|Alt|Meta|Tab)/.test(event.code)) return;
    event.preventDefault();
    event.stopPropagation();
    setHearing(null);
    if (event.code === "Escape") return;
    store(withKey(keymap, id, event.code === "Backspace" ? "" : comboOf(event.nativeEvent), usual));
  };
  return (
    <>
      <Switch
        label={t("keys.single")}
        hint={t("keys.single.hint")}
        checked={user.prefs.single_keys ?? true}
        onChange={(on) => save.mutate({ prefs: { single_keys: on } })}
      />
      <p className="muted s13">{t("keys.lead")}</p>
      {groups.map((group) => (
        <section key={group}>
          <h2 className={css.group}>{t(`keys.group.${group}`)}</h2>
          {remappable[group].map(([id, usual]) => {
            const combo = keymap[id] ?? usual;
            const label = t(`command.${id}`);
            return (
              <div key={id} className={css.row}>
                <div>
                  {label}
                  {hearing === id && <p role="status">{t("keys.press")}</p>}
                </div>
                <Button
                  className={css.cap}
                  aria-label={`${comboLabel(combo) || t("keys.none")}. ${t("keys.change", { label })}`}
                  aria-pressed={hearing === id}
                  onClick={() => setHearing(hearing === id ? null : id)}
                  onKeyDown={(event) => hear(event, id, usual)}
                  onBlur={() => setHearing(null)}
                >
                  {hearing === id ? "…" : comboLabel(combo) || t("keys.none")}
                </Button>
              </div>
            );
          })}
        </section>
      ))}
      <div>
        <Button disabled={Object.keys(keymap).length === 0} onClick={() => store({})}>
          {t("keys.reset")}
        </Button>
      </div>
    </>
  );
}
