import type { MyTenant, Ticket } from "@manydesk/kit/api/agent";
import { Badge } from "@manydesk/kit/ui/Badge";
import { Button, IconButton } from "@manydesk/kit/ui/Button";
import { Icon } from "@manydesk/kit/ui/Icon";
import { SlaChip } from "@manydesk/kit/ui/SlaChip";
import { useFormats } from "@manydesk/kit/words/format";
import { useWords } from "@manydesk/kit/words/useWords";
import { Check, ChevronDown, ChevronUp, Clock, Pause } from "lucide-react";
import { useNow } from "../../parts/useNow.ts";
import css from "./Ticket.module.css";
import words from "./words.json";

interface Props {
  ticket: Ticket;
  tenant: MyTenant;
  onPrevious?: () => void;
  onFollowing?: () => void;
  onNext: () => void;
}

/** The second line: how the ticket stands in time, and the way to the next one. */
export function Facts({ ticket, tenant, onPrevious, onFollowing, onNext }: Props) {
  const t = useWords(words);
  const f = useFormats();
  const now = useNow(30);
  const others = Math.max(0, tenant.counts.open - 1);
  return (
    <div className={css.facts}>
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
      {ticket.due_at && <SlaChip due_at={ticket.due_at} look="long" size="lg" />}
      {ticket.client_waits && ticket.waiting_since && (
        <span className={css.fact}>
          <span className="muted">{t("clientWaits")}</span>
          <Badge tone="box" size="lg" icon={Clock}>
            {t("waitsFor", { age: f.age(ticket.waiting_since, now), at: f.recent(ticket.waiting_since, now) })}
          </Badge>
        </span>
      )}
      {ticket.resume_at && (
        <Badge tone="grey" size="lg" icon={Pause}>
          {t("pausedUntil", { at: f.recent(ticket.resume_at, now) })}
        </Badge>
      )}
      {ticket.resolved_at && <span className={`${css.fact} muted`}>{t("solvedAt", { at: f.recent(ticket.resolved_at, now) })}</span>}
      <span className={`${css.fact} ${css.wide}`}>
        <span className="muted">{t("opened")}</span>
        {f.recent(ticket.created_at, now)}
      </span>
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
