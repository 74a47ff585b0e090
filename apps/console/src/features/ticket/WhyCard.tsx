import type { Ticket } from "@manydesk/kit/api/agent";
import type { SlaWhy } from "@manydesk/kit/api/sla";
import { stepAt } from "@manydesk/kit/clock/clock";
import { zoneName } from "@manydesk/kit/clock/zones";
import { Button } from "@manydesk/kit/ui/Button";
import { SlaBar } from "@manydesk/kit/ui/SlaBar";
import { useClockNow } from "@manydesk/kit/ui/SlaChip";
import { useFormats } from "@manydesk/kit/words/format";
import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { leading, type WhyClock } from "./clocks.ts";
import { ownException } from "./exception.ts";
import { whyQuery } from "./queries.ts";
import ticketCss from "./Ticket.module.css";
import css from "./Why.module.css";
import words from "./words.json";

/** «Почему срок 12:31»: the way to scale, then a sum that ends in the deadline. */
export function WhyCard({ ticket, onWhy }: { ticket: Ticket; onWhy: () => void }) {
  const t = useWords(words);
  const f = useFormats();
  const { data: why } = useQuery({ ...whyQuery(ticket), enabled: (ticket.clocks?.length ?? 0) > 0 });
  const clock = why && leading(why.clocks);
  if (!why || !clock?.due_at) return null;
  return (
    <section className={ticketCss.section}>
      <h2>
        {t("why.of", { at: f.recent(clock.due_at, new Date(), clock.time_zone) })}
        <Button size="xs" kind="ghost" onClick={onWhy}>
          {t("why.all")}
        </Button>
      </h2>
      <Way clock={clock} />
      <Sum why={why} clock={clock} priority={ticket.priority} />
    </section>
  );
}

/** The bar of one promise, with its start, its pause and what of it is used written below. */
export function Way({ clock }: { clock: WhyClock }) {
  const t = useWords(words);
  const f = useFormats();
  const now = useClockNow(clock);
  const due = clock.due_at;
  return (
    <div className={css.way}>
      <SlaBar
        segments={clock.segments}
        now={clock.met_at ? new Date(clock.met_at) : now}
        step={due ? stepAt(clock, now.getTime()) : "calm"}
      />
      <p className={css.under}>
        <span>{f.recent(clock.started_at, now, clock.time_zone)}</span>
        {clock.paused_seconds > 0 && <span>{t("why.pause", { time: f.duration(clock.paused_seconds) })}</span>}
        <span>{t("why.used", { used: f.duration(clock.working_seconds_used), target: f.duration(clock.target_seconds) })}</span>
      </p>
    </div>
  );
}

/** Start, target, pauses and closed hours: together they are the deadline. */
export function Sum({ why, clock, priority }: { why: SlaWhy; clock: WhyClock; priority: number }) {
  const t = useWords(words);
  const f = useFormats();
  const language = useLanguage();
  if (!clock.due_at) return null;
  const due = new Date(clock.due_at);
  const whole = clock.target_seconds + clock.paused_seconds + clock.closed_seconds;
  const plus = (seconds: number) => (seconds > 0 ? `+ ${f.duration(seconds)}` : f.duration(0));
  const own = ownException(why);
  const policy = own ? null : (why.exception ?? why.policy);
  // Beside a deadline of another day a start has its date, and «yesterday» would be the deadline's.
  const dayOf = (at: string | Date) => f.date(at, clock.time_zone);
  return (
    <dl className={css.sum}>
      <dt>
        {own
          ? own.name
          : policy
            ? t("why.target", { n: priority, name: policy.name, version: policy.version })
            : t("why.targetBare", { n: priority })}
      </dt>
      <dd>{f.duration(clock.target_seconds)}</dd>
      {clock.paused_seconds > 0 && (
        <>
          <dt>{t("why.paused")}</dt>
          <dd>{plus(clock.paused_seconds)}</dd>
        </>
      )}
      {why.calendar && (
        <>
          <dt>{t("why.closed", { name: why.calendar.name })}</dt>
          <dd>{plus(clock.closed_seconds)}</dd>
        </>
      )}
      <dt className={css.total}>
        {dayOf(clock.started_at) === dayOf(due)
          ? f.time(clock.started_at, clock.time_zone)
          : f.moment(clock.started_at, due, clock.time_zone)}{" "}
        + {f.duration(whole)}
      </dt>
      <dd className={css.total}>
        {f.recent(due, new Date(clock.started_at), clock.time_zone)} {zoneName(clock.time_zone, due, language)}
      </dd>
    </dl>
  );
}
