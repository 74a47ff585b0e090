import type { Entry, TenantRef } from "@manydesk/kit/api/agent";
import { useNow } from "@manydesk/kit/clock/useNow";
import { Button } from "@manydesk/kit/ui/Button";
import { EventLine, MessageBubble } from "@manydesk/kit/ui/Message";
import { useFormats } from "@manydesk/kit/words/format";
import { useWords } from "@manydesk/kit/words/useWords";
import { RotateCw, Undo2 } from "lucide-react";
import { memo } from "react";
import { channelIcons } from "../../parts/channels.ts";
import { eventIcon, eventText } from "./eventText.ts";
import css from "./Ticket.module.css";
import words from "./words.json";

interface Props {
  entry: Entry;
  tenant: Pick<TenantRef, "code">;
  me: string;
  onUndo: (entry: Entry) => void;
  onRetry: (message: string) => void;
}

/** One thing of the timeline: a message, a note, or a fact in one quiet line. */
export const EntryView = memo(function EntryView({ entry, tenant, me, onUndo, onRetry }: Props) {
  const t = useWords(words);
  const f = useFormats();
  if (entry.kind === "event") {
    return (
      <EventLine at={entry.at} icon={eventIcon(entry)}>
        {eventText(entry, t, f)}
      </EventLine>
    );
  }
  const staff = entry.author.kind !== "contact";
  const bad = entry.state === "failed" || entry.state === "bounced";
  const has = entry.state === "held" || entry.abilities?.includes("retry") || Boolean(entry.original_url);
  return (
    <MessageBubble
      kind={entry.kind === "note" ? "note" : staff ? "reply" : "client"}
      author={entry.author}
      me={entry.author.id === me}
      about={staff && entry.kind === "comment" ? t("toClient", { code: tenant.code }) : undefined}
      channel={entry.kind === "comment" && entry.channel ? channelIcons[entry.channel] : undefined}
      state={entry.state === "held" ? <Held until={entry.held_until} /> : entry.state ? t(`state.${entry.state}`) : undefined}
      bad={bad}
      at={entry.at}
      html={entry.html}
      text={entry.text}
      quoted={entry.quoted}
      files={entry.files}
      actions={has && <Actions entry={entry} onUndo={onUndo} onRetry={onRetry} />}
    />
  );
});

function Actions({ entry, onUndo, onRetry }: Pick<Props, "entry" | "onUndo" | "onRetry">) {
  const t = useWords(words);
  const message = entry.abilities?.includes("retry") ? entry.message : undefined;
  const undo = entry.state === "held";
  return (
    <>
      {undo && (
        <Button size="xs" icon={Undo2} keys="Mod+KeyZ" onClick={() => onUndo(entry)}>
          {t("undo")}
        </Button>
      )}
      {message && (
        <Button size="xs" icon={RotateCw} onClick={() => onRetry(message)}>
          {t("retry")}
        </Button>
      )}
      {entry.original_url && (
        <a className={css.link} href={entry.original_url} download>
          {t("original")}
        </a>
      )}
    </>
  );
}

function Held({ until }: { until: string | null | undefined }) {
  const t = useWords(words);
  const now = useNow(1);
  const left = until ? Math.ceil((Date.parse(until) - now.getTime()) / 1000) : 0;
  return <>{left > 0 ? t("state.held", { n: left }) : t("state.queued")}</>;
}
