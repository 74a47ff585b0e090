import type { Ticket } from "@manydesk/kit/api/agent";
import { isProblem } from "@manydesk/kit/api/problem";
import type { ClockStep, SlaWhy, Tried } from "@manydesk/kit/api/sla";
import { offsetName } from "@manydesk/kit/clock/zones";
import { cx } from "@manydesk/kit/look/cx";
import { Button } from "@manydesk/kit/ui/Button";
import { Sheet } from "@manydesk/kit/ui/Dialog";
import { EmptyState } from "@manydesk/kit/ui/EmptyState";
import { Icon } from "@manydesk/kit/ui/Icon";
import { Skeleton } from "@manydesk/kit/ui/Skeleton";
import { SlaChip } from "@manydesk/kit/ui/SlaChip";
import { useFormats } from "@manydesk/kit/words/format";
import { type Say, useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { CalendarClock, Check, Hourglass, X } from "lucide-react";
import { Fragment } from "react";
import { Refusal } from "../../parts/Refusal.tsx";
import { useClockName } from "../../parts/useClockName.ts";
import type { WhyClock } from "./clocks.ts";
import { ownException } from "./exception.ts";
import { whyQuery } from "./queries.ts";
import { RouteWhy } from "./RouteWhy.tsx";
import css from "./Why.module.css";
import { Sum, Way } from "./WhyCard.tsx";
import words from "./words.json";

interface Props {
  ticket: Ticket;
  open: boolean;
  onClose: () => void;
  onExcept: () => void;
}

/** Why a ticket is where it is, then everything about its deadlines: which rule gave them, every stretch of time. */
export function WhySheet({ ticket, open, onClose, onExcept }: Props) {
  const t = useWords(words);
  const { data, error, refetch, isFetching } = useQuery({ ...whyQuery(ticket), enabled: open });
  const none = data ? data.clocks.length === 0 && data.tried.length === 0 : isProblem(error, "not_found");
  const may = ticket.abilities.includes("priority") && ticket.status.category !== "closed";
  return (
    <Sheet
      open={open}
      onClose={onClose}
      title={t("why.title")}
      actions={
        may && (
          <Button icon={CalendarClock} onClick={onExcept}>
            {ownException(data) ? t("exception.edit") : t("exception")}
          </Button>
        )
      }
    >
      <RouteWhy ticket={ticket} open={open} />
      <section className={css.half} aria-label={t("why.due")}>
        <h3>{t("why.due")}</h3>
        {data && !none ? (
          <Why why={data} priority={ticket.priority} />
        ) : none ? (
          <EmptyState icon={Hourglass} title={t("why.none")} />
        ) : error ? (
          <Refusal error={error} onRetry={() => refetch()} busy={isFetching} />
        ) : (
          <Skeleton lines={8} />
        )}
      </section>
    </Sheet>
  );
}

function Why({ why, priority }: { why: SlaWhy; priority: number }) {
  const t = useWords(words);
  return (
    <>
      <section className={css.part}>
        <h3>{t("why.rule")}</h3>
        <dl className={css.chosen}>
          <dt>{t("why.policy")}</dt>
          <dd>{why.policy ? t("why.named", { name: why.policy.name, version: why.policy.version }) : t("why.noPolicy")}</dd>
          {why.exception && (
            <>
              <dt>{t("why.exception")}</dt>
              <dd>
                {ownException(why) ? why.exception.name : t("why.named", { name: why.exception.name, version: why.exception.version })}
                {why.exception.reason && <span className="muted"> — {why.exception.reason}</span>}
              </dd>
            </>
          )}
          {why.calendar && (
            <>
              <dt>{t("why.calendar")}</dt>
              <dd>
                {why.calendar.name}{" "}
                <span className="muted">
                  {why.calendar.time_zone}, {offsetName(why.calendar.time_zone, new Date())}
                  {why.calendar.customers && ` — ${t("why.calendar.own")}`}
                </span>
              </dd>
            </>
          )}
        </dl>
        {why.tried.length > 0 && <TriedList tried={why.tried} />}
      </section>
      {why.clocks.map((clock) => (
        <Counted key={`${clock.kind}${clock.started_at}`} why={why} clock={clock} priority={priority} />
      ))}
    </>
  );
}

/** What was looked at, in its order; each condition with what it found. */
function TriedList({ tried }: { tried: Tried[] }) {
  const t = useWords(words);
  return (
    <ul className={css.tried}>
      {tried.map((one) => (
        <li key={`${one.kind}${one.key}`} className={cx(one.matched ? css.yes : css.no)}>
          <Icon of={one.matched ? Check : X} />
          <span>
            <b>{t(`why.tried.${one.kind}`, { name: one.name })}</b>
            <span className="vh">: {one.matched ? t("why.matched") : t("why.missed")}</span>
          </span>
          {one.sentences.length > 0 && (
            <ul>
              {one.sentences.map((sentence) => (
                <li key={sentence.text}>
                  <Icon of={sentence.matched ? Check : X} size={12} />
                  <span>
                    {sentence.text}
                    {sentence.actual !== null && ` (${t("why.actual", { value: sentence.actual })})`}
                    <span className="vh">: {sentence.matched ? t("why.matched") : t("why.missed")}</span>
                  </span>
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
}

function Counted({ why, clock, priority }: { why: SlaWhy; clock: WhyClock; priority: number }) {
  const t = useWords(words);
  const f = useFormats();
  const name = useClockName()(clock.kind);
  return (
    <section className={css.part}>
      <h3>
        {name}
        <SlaChip clock={clock} look="long" />
      </h3>
      {clock.segments.length > 0 && <Way clock={clock} />}
      <Sum why={why} clock={clock} priority={priority} />
      {clock.segments.length > 0 && (
        <table className={css.table}>
          <caption className="vh">{t("why.segments", { name })}</caption>
          <thead>
            <tr>
              <th scope="col">{t("why.when")}</th>
              <th scope="col">{t("why.what")}</th>
              <th scope="col">{t("why.howLong")}</th>
            </tr>
          </thead>
          <tbody>
            {clock.segments.map((segment) => (
              <tr key={segment.from}>
                <td>
                  {f.moment(segment.from, new Date(), clock.time_zone)} – {f.recent(segment.to, new Date(segment.from), clock.time_zone)}
                </td>
                <td>{t(`segment.${segment.kind}`)}</td>
                <td>{f.duration(segment.seconds)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {clock.steps.length > 0 && (
        <div className={css.steps}>
          {clock.steps.map((step) => (
            <Fragment key={`${step.at}${step.kind}`}>
              <time dateTime={step.at}>{f.moment(step.at, new Date(), clock.time_zone)}</time>
              <span>{stepText(step, t)}</span>
            </Fragment>
          ))}
        </div>
      )}
    </section>
  );
}

function stepText({ kind, rule_name: rule }: ClockStep, t: Say<typeof words>): string {
  return rule ? t("step.by", { what: t(`step.${kind}`), rule }) : t(`step.${kind}`);
}
