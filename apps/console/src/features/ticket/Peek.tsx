import type { Entry, Row, Ticket } from "@manydesk/kit/api/agent";
import { useNow } from "@manydesk/kit/clock/useNow";
import { Badge } from "@manydesk/kit/ui/Badge";
import { Button, IconButton } from "@manydesk/kit/ui/Button";
import { Icon } from "@manydesk/kit/ui/Icon";
import { PriorityBars } from "@manydesk/kit/ui/Priority";
import { Skeleton } from "@manydesk/kit/ui/Skeleton";
import { SlaChip } from "@manydesk/kit/ui/SlaChip";
import { StatusLabel } from "@manydesk/kit/ui/Status";
import { TenantStrip, TenantTile } from "@manydesk/kit/ui/Tenant";
import { useFormats } from "@manydesk/kit/words/format";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { Clock, X } from "lucide-react";
import { Fragment } from "react";
import { channelIcons } from "../../parts/channels.ts";
import { Refusal } from "../../parts/Refusal.tsx";
import { useWindow } from "../../parts/ui.ts";
import { useClockName } from "../../parts/useClockName.ts";
import { useMyTenant } from "../../parts/useSession.ts";
import { leading, shownClocks } from "./clocks.ts";
import { eventText } from "./eventText.ts";
import { Value } from "./FieldValue.tsx";
import css from "./Peek.module.css";
import { plainText } from "./plainText.ts";
import { ticketQuery, whyQuery } from "./queries.ts";
import sideCss from "./Ticket.module.css";
import { mergeEntries } from "./thread.ts";
import { Way } from "./WhyCard.tsx";
import words from "./words.json";

/** A ticket beside the list: enough to decide, without leaving. It changes nothing. */
export function Peek({ row, onOpen }: { row: Row; onOpen: (mode?: "reply" | "note" | "why") => void }) {
  const t = useWords(words);
  const tenant = useMyTenant(row.tenant);
  const close = useWindow((window) => window.setPeek);
  const { data: ticket, error, refetch, isFetching } = useQuery(ticketQuery(row.tenant, row.number));
  return (
    <aside className={css.peek} aria-label={t("side")}>
      <TenantStrip tenant={tenant} />
      <header className={css.head}>
        {tenant && <TenantTile tenant={tenant} />}
        <b>{tenant?.code}</b>
        <span className={sideCss.num}>{row.ref}</span>
        <Button size="xs" kind="ghost" keys="KeyO" onClick={() => onOpen()}>
          {t("peek.open")}
        </Button>
        <IconButton size="xs" icon={X} label={t("peek.close")} keys="Space" onClick={() => close(false)} />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keys. */}
      <section className={css.body} aria-label={row.subject} tabIndex={0}>
        <Summary row={row} />
        {ticket ? (
          <Rest ticket={ticket} />
        ) : error ? (
          <Refusal error={error} onRetry={() => refetch()} busy={isFetching} />
        ) : (
          <div className={css.section}>
            <Skeleton lines={6} />
          </div>
        )}
      </section>
      <footer className={css.foot}>
        {(!ticket || ticket.abilities.includes("reply")) && (
          <Button keys="KeyR" onClick={() => onOpen("reply")}>
            {t("peek.reply")}
          </Button>
        )}
        {(!ticket || ticket.abilities.includes("note")) && (
          <Button keys="KeyM" onClick={() => onOpen("note")}>
            {t("peek.note")}
          </Button>
        )}
        {ticket && shownClocks(ticket).length > 0 && (
          <Button kind="ghost" keys="KeyW" onClick={() => onOpen("why")}>
            {t("why")}
          </Button>
        )}
      </footer>
    </aside>
  );
}

function Summary({ row }: { row: Row }) {
  const t = useWords(words);
  return (
    <section className={css.section}>
      <h2>{row.subject}</h2>
      <div className={css.line}>
        <StatusLabel status={row.status} />
        <PriorityBars priority={row.priority} />
        <span className="muted">
          <Icon of={channelIcons[row.channel]} size={12} />
          {t(`channel.${row.channel}`)}
        </span>
      </div>
    </section>
  );
}

function Rest({ ticket }: { ticket: Ticket }) {
  const t = useWords(words);
  const f = useFormats();
  const entries = mergeEntries(ticket.timeline?.items ?? []);
  const last = entries.slice(-5).reverse();
  return (
    <>
      {shownClocks(ticket).length > 0 ? <Deadlines ticket={ticket} /> : <Times ticket={ticket} />}
      <section className={css.section}>
        <dl className={sideCss.kv}>
          <dt>{t("requester")}</dt>
          <dd>{[ticket.contact_card?.name, ticket.contact_card?.company].filter(Boolean).join(", ") || t("noContact")}</dd>
          <dt>{t("type")}</dt>
          <dd>{ticket.type_def.name}</dd>
          <dt>{t("group")}</dt>
          <dd>{[ticket.group?.name, ticket.assignee?.name ?? t("nobody")].filter(Boolean).join(" · ")}</dd>
        </dl>
      </section>
      {ticket.fields.length > 0 && (
        <section className={css.section}>
          <dl className={sideCss.kv}>
            {ticket.fields.map((field) => (
              <Fragment key={field.key}>
                <dt>{field.name}</dt>
                <dd>
                  <Value of={field.value} def={ticket.type_def.fields.find((def) => def.key === field.key)} />
                </dd>
              </Fragment>
            ))}
          </dl>
        </section>
      )}
      <section className={css.section}>
        <h3>
          {t("peek.last")}
          <span>{t("peek.count", { n: last.length, all: entries.length })}</span>
        </h3>
        <div className={css.events}>
          {last.map((entry) => (
            <Fragment key={entry.seq}>
              <time dateTime={entry.at} title={f.dateTime(entry.at)}>
                {f.time(entry.at)}
              </time>
              <Short entry={entry} />
            </Fragment>
          ))}
        </div>
      </section>
    </>
  );
}

function Short({ entry }: { entry: Entry }) {
  const t = useWords(words);
  const f = useFormats();
  if (entry.kind === "event") return <p className="muted">{eventText(entry, t, f)}</p>;
  const files = entry.files?.length ?? 0;
  const text = [entry.html ? plainText(entry.html) : entry.text, files > 0 && t("files", { n: files })].filter(Boolean).join(" · ");
  return (
    <p className={entry.author.kind === "contact" ? undefined : "muted"}>
      <b>{entry.kind === "note" ? t("peek.note.of", { name: entry.author.name }) : `${entry.author.name}.`}</b> {text}
    </p>
  );
}

function Times({ ticket }: { ticket: Ticket }) {
  const t = useWords(words);
  const f = useFormats();
  const now = useNow(30);
  return (
    <section className={css.section}>
      <h3>{t("peek.times")}</h3>
      <dl className={css.pairs}>
        <dt className="muted">{t("firstReply")}</dt>
        <dd>{ticket.first_replied_at ? f.recent(ticket.first_replied_at, now) : <span className="muted">{t("firstReply.none")}</span>}</dd>
        {ticket.client_waits && ticket.waiting_since && (
          <>
            <dt className="muted">{t("clientWaits")}</dt>
            <dd>
              <Badge tone="box" icon={Clock}>
                {t("waitsFor", { age: f.age(ticket.waiting_since, now), at: f.recent(ticket.waiting_since, now) })}
              </Badge>
            </dd>
          </>
        )}
        <dt className="muted">{t("opened")}</dt>
        <dd>{f.recent(ticket.created_at, now)}</dd>
      </dl>
    </section>
  );
}

function Deadlines({ ticket }: { ticket: Ticket }) {
  const t = useWords(words);
  const clockName = useClockName();
  const clocks = shownClocks(ticket);
  const { data: why } = useQuery(whyQuery(ticket));
  const shown = why && leading(why.clocks);
  return (
    <section className={css.section}>
      <h3>{t("peek.deadlines")}</h3>
      <dl className={css.pairs}>
        {clocks.map((clock) => (
          <Fragment key={clock.kind}>
            <dt className="muted">{clockName(clock.kind)}</dt>
            <dd>
              <SlaChip clock={clock} look={clock.state === "running" ? "due" : "short"} />
            </dd>
          </Fragment>
        ))}
      </dl>
      {shown && <Way clock={shown} />}
    </section>
  );
}
