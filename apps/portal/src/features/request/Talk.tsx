import type { FileRef, RequestPage, ThreadEntry } from "@manydesk/kit/api/portal";
import { cx } from "@manydesk/kit/look/cx";
import { useWords } from "@manydesk/kit/words/useWords";
import { useState } from "react";
import { FileLine } from "../../parts/Files.tsx";
import { Marked } from "../../parts/Marked.tsx";
import page from "../../parts/page.module.css";
import { useWhen } from "../../parts/when.ts";
import css from "./Request.module.css";
import words from "./words.json";

/** Own messages at the right on the tint, others' at the left on white, events in the middle. */
export function Talk({ request }: { request: RequestPage }) {
  return (
    <ol className={css.talk}>
      {request.thread.map((entry) => (
        <li key={entry.seq} className={cx(css.line, entry.kind === "mine" && css.my)}>
          {entry.kind === "event" ? <Event entry={entry} /> : <Message entry={entry} />}
        </li>
      ))}
    </ol>
  );
}

function Event({ entry }: { entry: ThreadEntry }) {
  const { full, near } = useWhen();
  return (
    <p className={css.event}>
      <time dateTime={entry.at} title={full(entry.at)}>
        {near(entry.at)}
      </time>
      . {entry.event}
    </p>
  );
}

function Message({ entry }: { entry: ThreadEntry }) {
  const t = useWords(words);
  const { full, near } = useWhen();
  const mine = entry.kind === "mine";
  const name = mine ? t("you") : (entry.author?.name ?? t("description"));
  // A picture that stands in the text is not shown under it once more.
  const files = entry.files.filter((file) => !(file.inline && entry.html?.includes(`"${file.url}"`)));
  return (
    <article className={css.message} aria-label={mine ? t("yourMessage") : t("messageOf", { name })}>
      <p className={css.by}>
        {!mine && entry.author && (
          <span className={css.face} aria-hidden="true">
            {entry.author.initials}
          </span>
        )}
        <span>
          <b>{name}</b>{" "}
          <time dateTime={entry.at} title={full(entry.at)} className="num">
            {near(entry.at)}
          </time>
        </span>
      </p>
      <div className={css.bubble}>
        {entry.html ? <Marked of={entry.html} /> : entry.text && <p className={css.plain}>{entry.text}</p>}
        {files.length > 0 && (
          <div className={page.files}>
            {files.map((file) => (
              <Shown key={file.id} file={file} />
            ))}
          </div>
        )}
      </div>
    </article>
  );
}

const drawn = /^image\/(png|jpe?g|gif|webp|avif)$/;
const heavy = 12_000_000;

/** A picture is seen at once; what is none, or does not open, is a line with a download. */
function Shown({ file }: { file: FileRef }) {
  const t = useWords(words);
  const [failed, setFailed] = useState(false);
  if (failed || file.refused || !drawn.test(file.mime) || file.size > heavy) return <FileLine file={file} />;
  return (
    <a className={css.picture} href={file.url} target="_blank" rel="noopener" aria-label={t("picture", { name: file.name })}>
      <img src={file.url} alt={file.name} loading="lazy" onError={() => setFailed(true)} />
    </a>
  );
}
