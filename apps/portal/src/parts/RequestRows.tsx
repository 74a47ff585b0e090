import type { RequestRow } from "@manydesk/kit/api/portal";
import { cx } from "@manydesk/kit/look/cx";
import { useWords } from "@manydesk/kit/words/useWords";
import { Link } from "wouter";
import css from "./page.module.css";
import { requestPath } from "./place.ts";
import { leadOf } from "./sentence.ts";
import words from "./words.json";

/** Requests one under another: the subject, where it stands in words, five short lines, the number. */
export function RequestRows({ rows }: { rows: readonly RequestRow[] }) {
  return (
    <ul className={cx(css.card, css.rows)}>
      {rows.map((row) => (
        <li key={row.ref}>
          <Link href={requestPath(row.ref)} className={css.row}>
            <span className={css.name}>{row.subject}</span>
            <Sentence row={row} />
            <span className={css.foot}>
              <Segments step={row.step} waiting={row.state === "waiting"} />
              <span className="num">{row.ref}</span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Sentence({ row }: { row: RequestRow }) {
  const [lead, rest] = leadOf(row.sentence);
  const done = row.state === "resolved" || row.state === "closed";
  return (
    <span className={css.say}>
      <b className={cx(done && css.ok, row.state === "waiting" && css.warn)}>{lead}</b>
      {rest}
    </span>
  );
}

function Segments({ step, waiting }: { step: number; waiting: boolean }) {
  const t = useWords(words);
  return (
    <span className={css.seg} role="img" aria-label={t("stepOf", { step })}>
      {[1, 2, 3, 4, 5].map((one) => (
        <i key={one} className={cx(one <= step && (waiting && one === step ? css.hold : css.on))} />
      ))}
    </span>
  );
}
