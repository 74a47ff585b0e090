import type { Load, Loaded } from "@manydesk/kit/api/route";
import { cx } from "@manydesk/kit/look/cx";
import { Avatar } from "@manydesk/kit/ui/Avatar";
import { IconButton } from "@manydesk/kit/ui/Button";
import { EmptyState } from "@manydesk/kit/ui/EmptyState";
import { Kbd } from "@manydesk/kit/ui/Kbd";
import { LoadBar } from "@manydesk/kit/ui/LoadBar";
import { Skeleton } from "@manydesk/kit/ui/Skeleton";
import { useFormats } from "@manydesk/kit/words/format";
import { useWords } from "@manydesk/kit/words/useWords";
import type { UseQueryResult } from "@tanstack/react-query";
import { ArrowRightLeft, Users } from "lucide-react";
import { type KeyboardEvent, type Ref, useState } from "react";
import { Refusal } from "../../parts/Refusal.tsx";
import type { Suggestion } from "./calls.ts";
import css from "./Distribution.module.css";
import words from "./words.json";

interface Props {
  ref: Ref<HTMLDivElement>;
  query: UseQueryResult<Load>;
  onDuty: readonly Loaded[];
  suggested: readonly Suggestion[];
  /** How many tickets a press would give. */
  giving: number;
  onGive: (person: Loaded) => void;
  onDropped: (person: Loaded, ref: string) => void;
  onHandOver: (person: Loaded) => void;
}

/** Who could take something, with what they have over all customers; those who are away stand below. */
export function People({ ref, query, onDuty, suggested, giving, onGive, onDropped, onHandOver }: Props) {
  const t = useWords(words);
  const all = query.data?.items ?? [];
  const away = all.filter((one) => !onDuty.includes(one));
  const walk = (event: KeyboardEvent<HTMLDivElement>) => {
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (!by) return;
    const stops = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-person]")];
    const at = stops.indexOf(document.activeElement as HTMLElement);
    const to = stops[at + by];
    if (at < 0 || !to) return;
    event.preventDefault();
    to.focus();
  };
  const line = (one: Loaded, index: number | null) => (
    <PersonLine
      key={one.person.id}
      one={one}
      index={index}
      more={suggested.filter((each) => each.person?.id === one.person.id).length}
      giving={giving}
      onGive={() => onGive(one)}
      onDropped={(ticket) => onDropped(one, ticket)}
      onHandOver={() => onHandOver(one)}
    />
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows walk along the buttons in it.
    <div className={css.people} ref={ref} onKeyDown={walk}>
      <section aria-label={t("people")}>
        <h2>
          {t("people")} <small>{t("people.lead")}</small>
        </h2>
        {query.error && !query.data ? (
          <Refusal error={query.error} onRetry={() => query.refetch()} busy={query.isFetching} />
        ) : !query.data ? (
          <Skeleton look="rows" lines={6} />
        ) : all.length === 0 ? (
          <EmptyState icon={Users} title={t("people.none")}>
            {t("people.none.text")}
          </EmptyState>
        ) : (
          <ul>{onDuty.map((one, index) => line(one, index < 9 ? index + 1 : null))}</ul>
        )}
      </section>
      {away.length > 0 && (
        <section aria-label={t("resting")}>
          <h2>{t("resting")}</h2>
          <ul className={css.away}>{away.map((one) => line(one, null))}</ul>
        </section>
      )}
    </div>
  );
}

interface LineProps {
  one: Loaded;
  /** The digit that gives to them. */
  index: number | null;
  /** How many the suggestion would add. */
  more: number;
  giving: number;
  onGive: () => void;
  onDropped: (ref: string) => void;
  onHandOver: () => void;
}

function PersonLine({ one, index, more, giving, onGive, onDropped, onHandOver }: LineProps) {
  const t = useWords(words);
  const f = useFormats();
  const [over, setOver] = useState(false);
  const { person, tickets, capacity, here } = one;
  const shift = one.absent_until
    ? t("absent", { at: f.recent(one.absent_until) })
    : one.on_shift
      ? one.until
        ? t("shift.until", { at: f.recent(one.until) })
        : t("shift.on")
      : one.next_shift
        ? t("shift.next", { at: f.recent(one.next_shift) })
        : t("shift.off");
  const about = [
    shift,
    ...one.groups.map((group) => group.name),
    ...one.skills.map((skill) => t("skill", { name: skill.name, n: skill.level })),
    one.vendor?.name,
  ];
  return (
    <li
      className={cx(css.person, over && css.over)}
      onDragEnter={() => setOver(true)}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const ticket = event.dataTransfer.getData("text/x-ticket");
        if (ticket) onDropped(ticket);
      }}
    >
      <button type="button" data-person={person.id} aria-keyshortcuts={index === null ? undefined : String(index)} onClick={onGive}>
        <span className={css.digit}>{index !== null && <Kbd combo={`Digit${index}`} />}</span>
        <Avatar person={person} size={28} mute />
        <span className={css.who}>
          <b className="cut">
            {person.name}
            <span className="vh">: {t("gives", { n: giving })}.</span>
          </b>
          <span className={`${css.meta} cut`}>{about.filter(Boolean).join(" · ")}</span>
        </span>
        <span className={css.load}>
          <LoadBar value={tickets + more} limit={capacity} most={Math.max(capacity * 1.15, tickets + more)} />
          <span className={css.meta}>
            <b>
              {more > 0
                ? t("load.after", { n: tickets, after: tickets + more, most: capacity })
                : t("load", { n: tickets, most: capacity })}
            </b>
            {more === 0 && here > 0 && here !== tickets && ` · ${t("load.here", { n: here })}`}
          </span>
        </span>
      </button>
      {!one.on_shift || one.absent_until
        ? here > 0 && <IconButton size="xs" icon={ArrowRightLeft} label={t("rebalance.of", { name: person.name })} onClick={onHandOver} />
        : null}
    </li>
  );
}
