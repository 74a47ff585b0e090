import type { Row } from "@manydesk/kit/api/agent";
import { cx } from "@manydesk/kit/look/cx";
import { Avatar } from "@manydesk/kit/ui/Avatar";
import { Checkbox } from "@manydesk/kit/ui/Choice";
import { EmptyState } from "@manydesk/kit/ui/EmptyState";
import { Icon } from "@manydesk/kit/ui/Icon";
import { Kbd } from "@manydesk/kit/ui/Kbd";
import { LoadMore } from "@manydesk/kit/ui/LoadMore";
import { PriorityBars } from "@manydesk/kit/ui/Priority";
import { SlaChip } from "@manydesk/kit/ui/SlaChip";
import { useWords } from "@manydesk/kit/words/useWords";
import { Link } from "@tanstack/react-router";
import { ArrowRight, CheckCheck } from "lucide-react";
import type { Ref } from "react";
import type { Suggestion } from "./calls.ts";
import css from "./Distribution.module.css";
import type { Picking } from "./picking.ts";
import words from "./words.json";

interface Props {
  ref: Ref<HTMLUListElement>;
  tenant: string;
  rows: readonly Row[];
  state: Picking;
  proposed: ReadonlyMap<string, Suggestion>;
  /** Only a group is shown. */
  filtered: boolean;
  onCursor: (key: string) => void;
  /** With `whole`: all from the cursor to it. */
  onPick: (key: string, whole: boolean) => void;
  onPickAll: (on: boolean) => void;
  more: boolean;
  busy: boolean;
  onMore: () => void;
}

/** Tickets that nobody has; each can be dragged onto a person, with all that are selected. */
export function TicketList({ ref, tenant, rows, state, proposed, filtered, onCursor, onPick, onPickAll, more, busy, onMore }: Props) {
  const t = useWords(words);
  if (rows.length === 0) {
    return (
      <div className={css.scroll}>
        {filtered ? (
          <EmptyState icon={CheckCheck} title={t("emptyGroup")} />
        ) : (
          <EmptyState icon={CheckCheck} title={t("empty")}>
            {t("empty.text")}
          </EmptyState>
        )}
      </div>
    );
  }
  const picked = rows.filter((row) => state.picked.has(row.ref)).length;
  const current = rows.some((row) => row.ref === state.cursor) ? state.cursor : rows[0]?.ref;
  return (
    <>
      <div className={css.scroll}>
        <div className={css.all}>
          <Checkbox
            label={t("selectAll")}
            checked={picked === rows.length}
            partly={picked > 0 && picked < rows.length}
            onChange={onPickAll}
          />
        </div>
        <ul ref={ref} className={css.rows} aria-label={t("list")}>
          {rows.map((row) => (
            <Line
              key={row.ref}
              tenant={tenant}
              row={row}
              current={row.ref === current}
              here={row.ref === state.cursor}
              picked={state.picked.has(row.ref)}
              proposal={proposed.get(row.ref)}
              onCursor={onCursor}
              onPick={onPick}
            />
          ))}
        </ul>
        <LoadMore more={more} busy={busy} onMore={onMore} />
      </div>
      <div className={css.foot} aria-hidden="true">
        <span>
          <Kbd combo="KeyJ" /> <Kbd combo="KeyK" /> {t("foot.move")}
        </span>
        <span>
          <Kbd combo="KeyX" /> {t("foot.select")}
        </span>
        <span>
          <Kbd combo="Digit1" />–<Kbd combo="Digit9" /> {t("foot.give")}
        </span>
        <span>
          <Kbd combo="KeyS" /> {t("foot.suggest")}
        </span>
      </div>
    </>
  );
}

interface LineProps {
  tenant: string;
  row: Row;
  /** The one that Tab comes to. */
  current: boolean;
  /** The cursor is here. */
  here: boolean;
  picked: boolean;
  proposal: Suggestion | undefined;
  onCursor: (key: string) => void;
  onPick: (key: string, whole: boolean) => void;
}

function Line({ tenant, row, current, here, picked, proposal, onCursor, onPick }: LineProps) {
  const t = useWords(words);
  const meta = [row.company ?? row.contact, row.preview].filter(Boolean).join(" · ");
  return (
    <li
      className={cx(css.row, here && css.current, picked && css.picked)}
      draggable
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/x-ticket", row.ref);
      }}
    >
      <span className={css.check}>
        <Checkbox
          checked={picked}
          aria-label={t("select", { ref: row.ref })}
          tabIndex={-1}
          onClick={(event) => {
            if (!event.shiftKey) return;
            event.preventDefault();
            onPick(row.ref, true);
          }}
          onChange={() => onPick(row.ref, false)}
        />
      </span>
      <span className={css.ref}>{row.ref}</span>
      <span className={css.subject}>
        <Link
          to="/t/$tenant/tickets/$ref"
          params={{ tenant, ref: row.ref }}
          className="cut"
          tabIndex={current ? 0 : -1}
          data-row={row.ref}
          draggable={false}
          onFocus={() => onCursor(row.ref)}
        >
          {row.subject}
          {row.is_new && <span className="vh">, {t("isNew")}</span>}
        </Link>
        <span className={`${css.meta} cut`}>{meta}</span>
      </span>
      <PriorityBars priority={row.priority} />
      <span className={css.time}>{row.sla && <SlaChip clock={row.sla} />}</span>
      {proposal && (
        <span className={css.proposal} title={proposal.why}>
          <Icon of={ArrowRight} />
          <Avatar person={proposal.person} mute />
          <span className="cut">{proposal.person?.name ?? t("nobodyFits")}</span>
          <span className={css.meta}>{proposal.why}</span>
        </span>
      )}
    </li>
  );
}
