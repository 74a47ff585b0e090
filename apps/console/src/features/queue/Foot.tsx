import { cx } from "@manydesk/kit/look/cx";
import { Button, IconButton } from "@manydesk/kit/ui/Button";
import { Kbd } from "@manydesk/kit/ui/Kbd";
import { useWords } from "@manydesk/kit/words/useWords";
import { CheckCheck, CircleDot, Signal, UserRound, X } from "lucide-react";
import css from "./Queue.module.css";
import words from "./words.json";

interface Props {
  picked: number;
  onAssign: () => void;
  onStatus: () => void;
  onPriority: () => void;
  onResolve: () => void;
  onClear: () => void;
}

/** The keys of the list, or, when rows are selected, what can be done with all of them. */
export function Foot({ picked, onAssign, onStatus, onPriority, onResolve, onClear }: Props) {
  const t = useWords(words);
  if (picked > 0) {
    return (
      <div className={cx(css.foot, css.bulk)} role="toolbar" aria-label={t("bulk.count", { n: picked })}>
        <b>{t("bulk.count", { n: picked })}</b>
        <Button icon={UserRound} keys="KeyA" onClick={onAssign}>
          {t("assign")}
        </Button>
        <Button icon={CircleDot} keys="KeyS" onClick={onStatus}>
          {t("status")}
        </Button>
        <Button icon={Signal} keys="KeyP" onClick={onPriority}>
          {t("priority")}
        </Button>
        <Button icon={CheckCheck} keys="KeyE" onClick={onResolve}>
          {t("key.resolve")}
        </Button>
        <IconButton icon={X} label={t("bulk.clear")} keys="Escape" onClick={onClear} />
      </div>
    );
  }
  return (
    <div className={css.foot}>
      <span className={css.keys}>
        <Kbd combo="KeyJ" />
        <Kbd combo="KeyK" />
        {t("foot.move")}
      </span>
      {(
        [
          ["KeyX", "select"],
          ["KeyA", "assign"],
          ["KeyE", "resolve"],
          ["KeyH", "postpone"],
          ["Shift+Slash", "keys"],
        ] as const
      ).map(([combo, key]) => (
        <span key={combo} className={css.keys}>
          <Kbd combo={combo} />
          {t(`foot.${key}`)}
        </span>
      ))}
    </div>
  );
}
