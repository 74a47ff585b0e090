import { Lock, type LucideIcon } from "lucide-react";
import type { ReactNode, Ref } from "react";
import { cx } from "../look/cx.ts";
import { useFormats } from "../words/format.ts";
import { useWords } from "../words/useWords.ts";
import { Avatar } from "./Avatar.tsx";
import { FileChip, type FileChipProps } from "./FileChip.tsx";
import { Html } from "./Html.tsx";
import { Icon } from "./Icon.tsx";
import css from "./Message.module.css";
import words from "./words.json";

interface Said {
  at: string;
  html?: string;
  text?: string;
  quoted?: string | null;
  files?: readonly (FileChipProps["file"] & { id: string; inline?: boolean })[];
}

export interface MessageBubbleProps extends Said {
  /** From the client, to the client (the tenant's edge), or for us only (amber, dashed, a lock). */
  kind: "client" | "reply" | "note";
  author: { name: string; initials: string };
  me?: boolean;
  /** After the name: «клиенту от ACME», «инженер ТЦ „Юг“». Notes say by themselves that the client won't see. */
  about?: ReactNode;
  channel?: LucideIcon;
  /** At the right: «доставлено». With `bad` it is red. */
  state?: ReactNode;
  bad?: boolean;
  /** Under the text: undo, retry, the original. */
  actions?: ReactNode;
  ref?: Ref<HTMLElement>;
}

/** One message in the console's thread: time, avatar, box. */
export function MessageBubble({
  kind,
  author,
  me,
  about,
  channel,
  state,
  bad,
  actions,
  at,
  html,
  text,
  quoted,
  files,
  ref,
}: MessageBubbleProps) {
  const t = useWords(words);
  const f = useFormats();
  return (
    <article className={css.row} ref={ref} aria-label={t(kind === "note" ? "noteOf" : "messageOf", { name: author.name })}>
      <time className={css.at} dateTime={at} title={f.dateTime(at)}>
        {f.time(at)}
      </time>
      <Avatar person={author} size={28} me={me} mute />
      <div className={cx(css.box, kind === "reply" && css.reply, kind === "note" && css.note)}>
        <div className={css.head}>
          {kind === "note" && <Icon of={Lock} size={14} />}
          <span className={css.author}>{author.name}</span>
          {(about || kind === "note") && <span className={css.kind}>{kind === "note" ? t("noteUnseen") : about}</span>}
          {channel && <Icon of={channel} size={14} />}
          {state && <span className={cx(css.state, bad && css.bad)}>{state}</span>}
        </div>
        <Body html={html} text={text} quoted={quoted} at={at} />
        <Files files={files} />
        {actions && <div className={css.foot}>{actions}</div>}
      </div>
    </article>
  );
}

/** A change in the thread: one quiet line without a box. */
export function EventLine({ at, icon, children }: { at: string; icon: LucideIcon; children: ReactNode }) {
  const f = useFormats();
  return (
    <div className={css.event}>
      <time className={css.when} dateTime={at} title={f.dateTime(at)}>
        {f.time(at)}
      </time>
      <span className={css.glyph}>
        <Icon of={icon} size={14} />
      </span>
      <span>{children}</span>
    </div>
  );
}

/** «Новое с прошлого просмотра», or a day. */
export function ThreadDivider({ children }: { children: ReactNode }) {
  return <h3 className={css.divider}>{children}</h3>;
}

export interface ClientBubbleProps extends Said {
  kind: "mine" | "theirs" | "colleague";
  author: { name: string; initials: string } | null;
}

/** One message in the portal: own at the right on the tint, theirs at the left on white. */
export function ClientBubble({ kind, author, at, html, text, quoted, files }: ClientBubbleProps) {
  const t = useWords(words);
  const f = useFormats();
  const mine = kind === "mine";
  return (
    <article
      className={cx(css.client, mine ? css.mine : css.theirs)}
      aria-label={mine ? t("myMessage") : t("messageOf", { name: author?.name ?? "" })}
    >
      <div className={css.who}>
        {!mine && author && (
          <>
            <Avatar person={author} brand mute size={28} />
            <b>{author.name}</b>
          </>
        )}
        <time dateTime={at} title={f.dateTime(at)} className="muted">
          {f.recent(at)}
        </time>
      </div>
      <div className={css.bubble}>
        <Body html={html} text={text} quoted={quoted} at={at} bare />
        <Files files={files} />
      </div>
    </article>
  );
}

/** A fact in the portal's thread, centred. */
export function ClientEvent({ at, children }: { at: string; children: ReactNode }) {
  const f = useFormats();
  return (
    <p className={css.line}>
      <time dateTime={at} title={f.dateTime(at)}>
        {f.recent(at)}
      </time>
      . {children}
    </p>
  );
}

function Body({ html, text, quoted, bare }: Said & { bare?: boolean }) {
  const t = useWords(words);
  return (
    <div className={bare ? undefined : css.text}>
      {html ? <Html of={html} /> : <div className={css.plain}>{text}</div>}
      {quoted && (
        <details className={css.quote}>
          <summary>{t("quoted")}</summary>
          <div className={css.quoted}>{quoted}</div>
        </details>
      )}
    </div>
  );
}

function Files({ files }: Pick<Said, "files">) {
  const shown = files?.filter((file) => !file.inline) ?? [];
  if (shown.length === 0) return null;
  return (
    <div className={css.files}>
      {shown.map((file) => (
        <FileChip key={file.id} file={file} />
      ))}
    </div>
  );
}
