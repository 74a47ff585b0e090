import type { Entry } from "@manydesk/kit/api/agent";
import { useNow } from "@manydesk/kit/clock/useNow";
import { Button } from "@manydesk/kit/ui/Button";
import { useSentence } from "@manydesk/kit/ui/ErrorCard";
import { Html } from "@manydesk/kit/ui/Html";
import { useFormats } from "@manydesk/kit/words/format";
import { useWords } from "@manydesk/kit/words/useWords";
import type { Claim } from "../../parts/presence.ts";
import css from "./Composer.module.css";
import words from "./words.json";

/** What came while the reply was being written. Reading it is the default; the reply waits. */
export function Arrived({ entries, onRead, onAnyway }: { entries: readonly Entry[]; onRead: () => void; onAnyway: () => void }) {
  const t = useWords(words);
  const f = useFormats();
  return (
    <div className={css.notice} role="alert">
      <b>{t("arrived", { n: entries.length })}</b>
      <div className={css.arrived}>
        {entries.map((entry) => (
          <div key={entry.seq}>
            <time dateTime={entry.at}>{f.time(entry.at)}</time>
            <b>{entry.author.name}</b>
            {entry.html ? <Html of={entry.html} /> : <p>{entry.text}</p>}
          </div>
        ))}
      </div>
      <div className={css.buttons}>
        <Button size="xs" onClick={onRead} autoFocus>
          {t("read")}
        </Button>
        <Button size="xs" kind="ghost" onClick={onAnyway}>
          {t("anyway")}
        </Button>
      </div>
    </div>
  );
}

/** The send did not work; nothing is lost. */
export function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useWords(words);
  const sentence = useSentence();
  return (
    <div className={css.notice} role="alert">
      <div className={`${css.row} ${css.bad}`}>
        <span>{t("failed", { why: sentence(error) })}</span>
        <Button size="xs" onClick={onRetry}>
          {t("retry")}
        </Button>
      </div>
    </div>
  );
}

/** A colleague answers now. A note can still be written, or the answer taken over. */
export function Claimed({ claim, onTakeOver }: { claim: Claim; onTakeOver: () => void }) {
  const t = useWords(words);
  const now = useNow(1);
  const left = Math.ceil((claim.until - now.getTime()) / 1000);
  if (left <= 0) return null;
  return (
    <div className={css.notice} role="status">
      <div className={`${css.row} ${css.warn}`}>
        <b>{t("claimed", { name: claim.by.name, n: left })}</b>
        <Button size="xs" onClick={onTakeOver}>
          {t("takeOver")}
        </Button>
      </div>
    </div>
  );
}

/** The pasted text comes from another customer. */
export function ForeignPaste({ code, onYes, onNo }: { code: string; onYes: () => void; onNo: () => void }) {
  const t = useWords(words);
  return (
    <div className={css.notice} role="alert">
      <div className={`${css.row} ${css.warn}`}>
        <b>{t("paste", { code })}</b>
        <span className={css.buttons}>
          <Button size="xs" onClick={onNo} autoFocus>
            {t("paste.no")}
          </Button>
          <Button size="xs" kind="ghost" onClick={onYes}>
            {t("paste.yes")}
          </Button>
        </span>
      </div>
    </div>
  );
}
