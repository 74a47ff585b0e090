import type { Entry, MyTenant, Ticket } from "@manydesk/kit/api/agent";
import { Button } from "@manydesk/kit/ui/Button";
import { ThreadDivider } from "@manydesk/kit/ui/Message";
import { NewEventsPill } from "@manydesk/kit/ui/NewEventsPill";
import { useFormats } from "@manydesk/kit/words/format";
import { useWords } from "@manydesk/kit/words/useWords";
import { Pencil } from "lucide-react";
import { Fragment, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { EntryView } from "./EntryView.tsx";
import { Value } from "./FieldValue.tsx";
import { useReading } from "./mutations.ts";
import css from "./Ticket.module.css";
import { lastPublic, repliesAfter } from "./thread.ts";
import words from "./words.json";

interface Props {
  ticket: Ticket;
  tenant: MyTenant;
  me: string;
  entries: Entry[];
  more: boolean;
  loadingMore: boolean;
  onMore: () => void;
  notices: ReactNode;
  onUndo: (entry: Entry) => void;
  onRetry: (message: string) => void;
  onFields: () => void;
  /** The newest public entry that was really in sight. */
  onSeen: (seq: number) => void;
  /** Counts up when the newest entry shall be brought into sight. */
  show: number;
  foot: ReactNode;
}

const near = 64;

/** The conversation. It opens at the first unread message and never scrolls by itself afterwards. */
export function Thread(props: Props) {
  const { ticket, tenant, me, entries, more, loadingMore, onMore, onSeen, show } = props;
  const t = useWords(words);
  const f = useFormats();
  const scroll = useRef<HTMLDivElement>(null);
  const divider = useRef<HTMLDivElement>(null);
  const [firstUnread] = useState(ticket.first_unread);
  const [seen, setSeen] = useState(() => lastPublic(entries, 0));
  const { mutate: read } = useReading(ticket);
  const last = entries.at(-1)?.seq ?? 0;
  const behind = repliesAfter(entries, seen);
  const newest = behind.at(-1);

  // Only a thread whose end is in sight has been seen to its end.
  const ended = useRef(false);
  const atEnd = (): boolean => {
    const box = scroll.current;
    return !box || box.scrollHeight - box.scrollTop - box.clientHeight < near;
  };
  const notice = () => {
    if (!atEnd()) return;
    const now = lastPublic(entries, seen);
    setSeen(now);
    onSeen(now);
  };
  const toEnd = () => {
    const box = scroll.current;
    if (box) box.scrollTop = box.scrollHeight;
    notice();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the ticket opens.
  useLayoutEffect(() => {
    if (divider.current) divider.current.scrollIntoView({ block: "center" });
    else if (scroll.current) scroll.current.scrollTop = scroll.current.scrollHeight;
    ended.current = atEnd();
    onSeen(seen);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new entry at an end that was in sight is seen.
  useLayoutEffect(() => {
    if (ended.current) toEnd();
  }, [last]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when asked to.
  useLayoutEffect(() => {
    if (show > 0) toEnd();
  }, [show]);
  useEffect(() => {
    if (document.visibilityState !== "visible" || seen === 0) return;
    const timer = setTimeout(() => read(seen), 800);
    return () => clearTimeout(timer);
  }, [seen, read]);

  return (
    <div className={css.column}>
      <h2 className="vh">{t("thread")}</h2>
      <section
        ref={scroll}
        className={css.scroll}
        onScroll={() => {
          ended.current = atEnd();
          notice();
        }}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keys.
        tabIndex={0}
        aria-label={t("thread")}
      >
        {props.notices}
        <div className={css.thread}>
          {more && (
            <Button size="xs" busy={loadingMore} onClick={onMore} style={{ alignSelf: "center" }}>
              {t("earlier")}
            </Button>
          )}
          {entries.map((entry, index) => (
            <Fragment key={entry.seq}>
              {entry.seq === firstUnread && (
                <div ref={divider}>
                  <ThreadDivider>{t("newSince")}</ThreadDivider>
                </div>
              )}
              <EntryView entry={entry} tenant={tenant} me={me} onUndo={props.onUndo} onRetry={props.onRetry} />
              {index === 0 && !more && ticket.fields.length > 0 && <Description ticket={ticket} onFields={props.onFields} />}
            </Fragment>
          ))}
        </div>
      </section>
      <div className={css.foot}>
        <div className={css.pill}>
          <NewEventsPill to="down" onShow={toEnd}>
            {newest ? t("pill", { n: behind.length, at: f.time(newest.at) }) : ""}
          </NewEventsPill>
        </div>
        {props.foot}
      </div>
    </div>
  );
}

function Description({ ticket, onFields }: { ticket: Ticket; onFields: () => void }) {
  const t = useWords(words);
  return (
    <section className={css.card}>
      <header>
        <b>{t("description")}</b>
        <span>{ticket.type_def.name}</span>
        {ticket.abilities.includes("edit") && (
          <Button size="xs" kind="ghost" icon={Pencil} keys="KeyF" onClick={onFields}>
            {t("fields")}
          </Button>
        )}
      </header>
      <dl>
        {ticket.fields.map((field) => (
          <div key={field.key}>
            <dt>{field.name}</dt>
            <dd>
              <Value of={field.value} def={ticket.type_def.fields.find((def) => def.key === field.key)} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
