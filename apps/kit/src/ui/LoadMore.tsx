import { useWords } from "../words/useWords.ts";
import { Button } from "./Button.tsx";
import css from "./Notice.module.css";
import words from "./words.json";

/** The end of a page of a list: nothing when there is no more. */
export function LoadMore({ more, busy, onMore }: { more: boolean; busy?: boolean; onMore: () => void }) {
  const t = useWords(words);
  if (!more) return null;
  return (
    <div className={css.more}>
      <Button busy={busy} onClick={onMore}>
        {t("more")}
      </Button>
    </div>
  );
}
