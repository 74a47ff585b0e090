import type { Ticket } from "@manydesk/kit/api/agent";
import { useNow } from "@manydesk/kit/clock/useNow";
import { cx } from "@manydesk/kit/look/cx";
import { Avatar } from "@manydesk/kit/ui/Avatar";
import { Badge } from "@manydesk/kit/ui/Badge";
import { Icon } from "@manydesk/kit/ui/Icon";
import { StatusRing } from "@manydesk/kit/ui/Status";
import { useFormats } from "@manydesk/kit/words/format";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Check, MessageSquareQuote, PhoneCall, X } from "lucide-react";
import { Fragment, type ReactNode } from "react";
import { deskQuery } from "../../parts/deskQuery.ts";
import { useMyTenant } from "../../parts/useSession.ts";
import { Value } from "./FieldValue.tsx";
import { relatedQuery } from "./queries.ts";
import css from "./Ticket.module.css";
import { WhyCard } from "./WhyCard.tsx";
import words from "./words.json";

interface Props {
  ticket: Ticket;
  open: boolean;
  tasks: ReactNode;
  onWhy: () => void;
}

/** The right column: how this tenant wants to be served, what is to be done, who asks, what is known, what else they asked. */
export function Side({ ticket, open, tasks, onWhy }: Props) {
  const t = useWords(words);
  return (
    <aside className={cx(css.side, open && css.open)} aria-label={t("side")}>
      <Brief tenant={ticket.tenant} />
      <WhyCard ticket={ticket} onWhy={onWhy} />
      {tasks}
      <Client ticket={ticket} />
      <About ticket={ticket} />
      {ticket.rating && <Rated rating={ticket.rating} />}
      <Related ticket={ticket} />
    </aside>
  );
}

function Brief({ tenant }: { tenant: string }) {
  const t = useWords(words);
  const f = useFormats();
  const { data } = useQuery(deskQuery(tenant));
  const code = useMyTenant(tenant)?.code ?? tenant;
  const brief = data?.brief;
  if (!brief) return null;
  return (
    <section className={css.section}>
      <h2>
        {t("brief", { code })}
        <Badge tone="box">{t("brief.changed", { at: f.recent(brief.changed_at) })}</Badge>
      </h2>
      <ul className={css.say}>
        {(brief.greeting || brief.tone) && (
          <li>
            <Icon of={MessageSquareQuote} />
            <span>{[brief.greeting, brief.tone].filter(Boolean).join(" ")}</span>
          </li>
        )}
        {brief.do.map((line) => (
          <li key={line}>
            <Icon of={Check} />
            <span>{line}</span>
          </li>
        ))}
        {brief.dont.map((line) => (
          <li key={line}>
            <Icon of={X} />
            <span>
              <span className="vh">{t("brief.never")}: </span>
              {line}
            </span>
          </li>
        ))}
        {brief.escalation.map((one) => (
          <li key={one.phone}>
            <Icon of={PhoneCall} />
            <span>
              {one.name},{" "}
              <a className={`${css.link} nowrap`} href={`tel:${one.phone.replaceAll(/[^+\d]/g, "")}`}>
                {one.phone}
              </a>{" "}
              <span className="muted">{one.when}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Client({ ticket }: { ticket: Ticket }) {
  const t = useWords(words);
  const f = useFormats();
  const now = useNow(30);
  const card = ticket.contact_card;
  return (
    <section className={css.section}>
      <h2>{t("client")}</h2>
      {!card && <p className="muted s13">{t("noContact")}</p>}
      {card && (
        <dl className={css.kv}>
          <dt>{t("name")}</dt>
          <dd>{card.name}</dd>
          {card.company && (
            <>
              <dt>{t("company")}</dt>
              <dd>{card.company}</dd>
            </>
          )}
          {card.email && (
            <>
              <dt>{t("email")}</dt>
              <dd>{card.email}</dd>
            </>
          )}
          {card.phone && (
            <>
              <dt>{t("phone")}</dt>
              <dd>
                <a className={css.link} href={`tel:${card.phone.replaceAll(/[^+\d]/g, "")}`}>
                  {card.phone}
                </a>
              </dd>
            </>
          )}
          <dt>{t("hisLanguage")}</dt>
          <dd>{t(`lang.${card.language}`)}</dd>
          {card.time_zone && (
            <>
              <dt>{t("hisTime")}</dt>
              <dd>{f.time(now, card.time_zone)}</dd>
            </>
          )}
        </dl>
      )}
    </section>
  );
}

function About({ ticket }: { ticket: Ticket }) {
  const t = useWords(words);
  const f = useFormats();
  return (
    <section className={css.section}>
      <h2>{t("about")}</h2>
      <dl className={css.kv}>
        <dt>{t("type")}</dt>
        <dd>{ticket.type_def.name}</dd>
        {ticket.group && (
          <>
            <dt>{t("group")}</dt>
            <dd>{ticket.group.name}</dd>
          </>
        )}
        <dt>{t("channel")}</dt>
        <dd>
          {t(`channel.${ticket.channel}`)}, {f.recent(ticket.created_at)}
        </dd>
        {ticket.fields.map((field) => (
          <Fragment key={field.key}>
            <dt>{field.name}</dt>
            <dd>
              <Value of={field.value} def={ticket.type_def.fields.find((def) => def.key === field.key)} />
            </dd>
          </Fragment>
        ))}
        {ticket.tags.length > 0 && (
          <>
            <dt>{t("tags")}</dt>
            <dd className={css.tags}>
              {ticket.tags.map((tag) => (
                <Badge key={tag}>{tag}</Badge>
              ))}
            </dd>
          </>
        )}
        {ticket.followers.length > 0 && (
          <>
            <dt>{t("followers")}</dt>
            <dd className={css.tags}>
              {ticket.followers.map((person) => (
                <Avatar key={person.id} person={person} />
              ))}
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}

function Rated({ rating }: { rating: NonNullable<Ticket["rating"]> }) {
  const t = useWords(words);
  const f = useFormats();
  return (
    <section className={css.section}>
      <h2>
        {t("rating")}
        {rating.at && <span className="faint">{f.recent(rating.at)}</span>}
      </h2>
      <p className="s13">
        <b>{t("rating.of", { score: rating.score })}</b>
        {rating.comment && ` «${rating.comment}»`}
      </p>
    </section>
  );
}

function Related({ ticket }: { ticket: Ticket }) {
  const t = useWords(words);
  const { data } = useQuery(relatedQuery(ticket));
  const others = (data ?? []).filter((row) => row.number !== ticket.number);
  if (!ticket.contact_card) return null;
  return (
    <section className={css.section}>
      <h2>
        {t("related")}
        <span className="faint">{data && others.length}</span>
      </h2>
      {data && others.length === 0 && <p className="muted s13">{t("related.none")}</p>}
      <div className={css.rows}>
        {others.slice(0, 6).map((row) => (
          <Link key={row.ref} to="/t/$tenant/tickets/$ref" params={{ tenant: row.tenant, ref: row.ref }}>
            <StatusRing category={row.status.category} />
            <span className="cut">{row.subject}</span>
            <span className={css.num}>{row.number}</span>
          </Link>
        ))}
      </div>
    </section>
  );
}
