import type { MyTenant, Ticket } from "@manydesk/kit/api/agent";
import type { Clock } from "@manydesk/kit/api/sla";
import { useNow } from "@manydesk/kit/clock/useNow";
import { Badge } from "@manydesk/kit/ui/Badge";
import { Button, IconButton } from "@manydesk/kit/ui/Button";
import { Icon } from "@manydesk/kit/ui/Icon";
import { SlaChip } from "@manydesk/kit/ui/SlaChip";
import { useFormats } from "@manydesk/kit/words/format";
import { useWords } from "@manydesk/kit/words/useWords";
import { Check, ChevronDown, ChevronUp, Clock as ClockIcon, Pause } from "lucide-react";
import { useClockName } from "../../parts/useClockName.ts";
import { Arrived } from "./Arrived.tsx";
import { shownClocks } from "./clocks.ts";
import css from "./Ticket.module.css";
import words from "./words.json";

interface Props {
  ticket: Ticket;
  tenant: MyTenant;
  onPrevious?: () => void;
  onFollowing?: () => void;
  onNext: () => void;
  onWhy: () => void;
}

/** The second line: how the ticket stands in time, and the way to the next one. */
export function Facts({ ticket, tenant, onPrevious, onFollowing, onNext, onWhy }: Props) {
  const t = useWords(words);
  const f = useFormats();
  const now = useNow(30);
  const clocks = shownClocks(ticket);
  const others = Math.max(0, tenant.counts.open - 1);
  return (
    <div className={css.facts}>
      {clocks.length > 0 ? <Promises ticket={ticket} clocks={clocks} onWhy={onWhy} /> : <FirstReply ticket={ticket} now={now} />}
      {clocks.length === 0 && ticket.client_waits && ticket.waiting_since && (
        <span className={css.fact}>
          <span className="muted">{t("clientWaits")}</span>
          <Badge tone="box" size="lg" icon={ClockIcon}>
            {t("waitsFor", { age: f.age(ticket.waiting_since, now), at: f.recent(ticket.waiting_since, now) })}
          </Badge>
        </span>
      )}
      {clocks.length === 0 && ticket.resume_at && (
        <Badge tone="grey" size="lg" icon={Pause}>
          {t("pausedUntil", { at: f.recent(ticket.resume_at, now) })}
        </Badge>
      )}
      {ticket.resolved_at && <span className={`${css.fact} muted`}>{t("solvedAt", { at: f.recent(ticket.resolved_at, now) })}</span>}
      {clocks.length === 0 && (
        <span className={`${css.fact} ${css.wide}`}>
          <span className="muted">{t("opened")}</span>
          {f.recent(ticket.created_at, now)}
        </span>
      )}
      {ticket.reopened > 0 && <Badge tone="box">{t("reopened", { n: ticket.reopened })}</Badge>}
      <div className={css.steps}>
        {others > 0 && <span className={`muted s12 ${css.wide}`}>{t("moreAt", { code: tenant.code, n: others })}</span>}
        <IconButton size="xs" icon={ChevronUp} label={t("previous")} keys="BracketLeft" disabled={!onPrevious} onClick={onPrevious} />
        <IconButton size="xs" icon={ChevronDown} label={t("following")} keys="BracketRight" disabled={!onFollowing} onClick={onFollowing} />
        <Button size="xs" keys="KeyN" onClick={onNext}>
          {t("next")}
        </Button>
      </div>
    </div>
  );
}

function Promises({ ticket, clocks, onWhy }: { ticket: Ticket; clocks: Clock[]; onWhy: () => void }) {
  const t = useWords(words);
  const clockName = useClockName();
  return (
    <>
      {clocks.map((clock) => (
        <span key={clock.kind} className={css.fact}>
          <span className="muted">{clockName(clock.kind)}</span>
          <SlaChip clock={clock} look="long" size="lg" says={clockName(clock.kind)} />
          {clock.kind === "arrival" && <Arrived ticket={ticket} met={clock.met_at} />}
        </span>
      ))}
      <Button size="xs" kind="ghost" keys="KeyW" onClick={onWhy}>
        {t("why")}
      </Button>
    </>
  );
}

function FirstReply({ ticket, now }: { ticket: Ticket; now: Date }) {
  const t = useWords(words);
  const f = useFormats();
  return (
    <span className={css.fact}>
      <span className="muted">{t("firstReply")}</span>
      {ticket.first_replied_at ? (
        <span className={css.good}>
          <Icon of={Check} size={12} />
          {f.recent(ticket.first_replied_at, now)}
        </span>
      ) : (
        <span>{t("firstReply.none")}</span>
      )}
    </span>
  );
}
