import type { MyTenant, Row } from "@manydesk/kit/api/agent";
import { cx } from "@manydesk/kit/look/cx";
import { tenantProps } from "@manydesk/kit/look/tenant";
import { Avatar } from "@manydesk/kit/ui/Avatar";
import { Checkbox } from "@manydesk/kit/ui/Choice";
import { Icon } from "@manydesk/kit/ui/Icon";
import { PriorityBars } from "@manydesk/kit/ui/Priority";
import { TenantBadge } from "@manydesk/kit/ui/Tenant";
import { useWords } from "@manydesk/kit/words/useWords";
import { Link } from "@tanstack/react-router";
import { memo } from "react";
import { channelIcons } from "../../parts/channels.ts";
import css from "./Row.module.css";
import { RowTime } from "./RowTime.tsx";
import words from "./words.json";

interface Props {
  row: Row;
  tenant: MyTenant | undefined;
  me: string;
  current: boolean;
  picked: boolean;
  picking: boolean;
  gone: boolean;
  presence?: "viewing" | "typing";
  onFocus: (key: string) => void;
  onPick: (key: string) => void;
}

/** One ticket of the list: edge and code say whose it is, the link covers the row. */
export const QueueRow = memo(function QueueRow({ row, tenant, me, current, picked, picking, gone, presence, onFocus, onPick }: Props) {
  const t = useWords(words);
  const key = `${row.tenant}/${row.number}`;
  const company = row.company ?? row.contact;
  const meta = [company !== row.contact && row.contact, company, row.preview].filter(Boolean).join(" · ");
  return (
    <div
      {...(tenant ? tenantProps(tenant) : {})}
      className={cx(
        css.row,
        row.is_new && css.fresh,
        current && css.current,
        picked && css.picked,
        picking && css.picking,
        gone && css.gone,
      )}
    >
      <span className={css.edge} />
      <span className={css.check}>
        {row.is_new && <span className={css.dot} title={t("isNew")} />}
        <Checkbox checked={picked} onChange={() => onPick(key)} aria-label={t("select", { ref: row.ref })} tabIndex={-1} />
      </span>
      <span className={css.id}>
        {tenant && <TenantBadge tenant={tenant} />}
        <span className={css.num}>{row.number}</span>
      </span>
      <span className={css.subject}>
        <Link
          to="/t/$tenant/tickets/$ref"
          params={{ tenant: row.tenant, ref: row.ref }}
          className={`${css.link} cut`}
          aria-current={current ? "true" : undefined}
          activeProps={{}}
          tabIndex={current ? 0 : -1}
          data-key={key}
          preload="intent"
          onFocus={() => onFocus(key)}
        >
          {row.subject}
          {row.is_new && <span className="vh">, {t("isNew")}</span>}
          {gone && <span className="vh">, {t("gone")}</span>}
        </Link>
        <span className={`${css.meta} cut`}>
          <Icon of={channelIcons[row.channel]} size={12} />
          <span className="vh">{t(`channel.${row.channel}`)}.</span>
          <span className="cut">{meta}</span>
        </span>
      </span>
      <span className={css.prio}>
        <PriorityBars priority={row.priority} />
      </span>
      <span className={css.who}>
        <Avatar person={row.assignee} me={row.assignee?.id === me} presence={presence} />
      </span>
      <RowTime row={row} />
    </div>
  );
});
