import type { MyTenant } from "@manydesk/kit/api/agent";
import { zoneName } from "@manydesk/kit/clock/zones";
import { Avatar } from "@manydesk/kit/ui/Avatar";
import { Button, IconButton } from "@manydesk/kit/ui/Button";
import { EmptyState } from "@manydesk/kit/ui/EmptyState";
import { useFormats } from "@manydesk/kit/words/format";
import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { CalendarOff, ChevronLeft, ChevronRight, Clock, Users } from "lucide-react";
import { useState } from "react";
import { Loaded } from "../Section.tsx";
import { useTold } from "../useTold.ts";
import { AbsenceForm } from "./AbsenceForm.tsx";
import { type RotaPerson, type ShiftItem, shiftsQuery, useCallOff } from "./calls.ts";
import { monday, place, weekdays } from "./rota.ts";
import css from "./Team.module.css";
import { WeekForm } from "./WeekForm.tsx";
import words from "./words.json";

const day = 86_400_000;

/** A week of shifts and absences, a lane a person, each by the clock on their own wall. */
export function ShiftsView({ tenant }: { tenant: MyTenant }) {
  const t = useWords(words);
  const f = useFormats();
  const language = useLanguage();
  const [weeks, setWeeks] = useState(0);
  const [now] = useState(Date.now);
  const first = monday(now, tenant.time_zone, weeks);
  // A day more on both sides: a zone may be as far away.
  const shifts = useQuery({
    ...shiftsQuery(tenant.slug, new Date(first - day), new Date(first + 8 * day)),
    placeholderData: keepPreviousData,
  });
  const [editing, setEditing] = useState<{ what: "week" | "away"; of: RotaPerson } | null>(null);
  const name = new Intl.DateTimeFormat(language === "ru" ? "ru-RU" : "en-GB", { weekday: "short", day: "numeric", timeZone: "UTC" });
  const people = shifts.data?.people ?? [];
  return (
    <div className={css.view}>
      <div className={css.bar}>
        <IconButton icon={ChevronLeft} label={t("shifts.before")} onClick={() => setWeeks(weeks - 1)} />
        <b aria-live="polite">{t("shifts.week", { from: f.date(new Date(first), "UTC"), to: f.date(new Date(first + 6 * day), "UTC") })}</b>
        <IconButton icon={ChevronRight} label={t("shifts.after")} onClick={() => setWeeks(weeks + 1)} />
        {weeks !== 0 && <Button onClick={() => setWeeks(0)}>{t("shifts.today")}</Button>}
      </div>
      <Loaded of={shifts}>
        {people.length === 0 ? (
          <EmptyState icon={Users} title={t("load.empty")} />
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keys.
          <section className={css.rota} aria-label={t("tab.shifts")} tabIndex={0}>
            <div className={css.days} aria-hidden="true">
              <span />
              <span>
                {weekdays.map((key, n) => (
                  <i key={key}>{name.format(new Date(first + n * day))}</i>
                ))}
              </span>
              <span />
            </div>
            <ul>
              {people.map((one) => (
                <Lane
                  key={one.person.id}
                  tenant={tenant.slug}
                  of={one}
                  items={(shifts.data?.items ?? []).filter((item) => item.person.id === one.person.id)}
                  week={first}
                  now={now}
                  onEdit={(what) => setEditing({ what, of: one })}
                />
              ))}
            </ul>
          </section>
        )}
      </Loaded>
      {editing?.what === "week" && <WeekForm tenant={tenant.slug} of={editing.of} onClose={() => setEditing(null)} />}
      {editing?.what === "away" && <AbsenceForm tenant={tenant.slug} of={editing.of} onClose={() => setEditing(null)} />}
    </div>
  );
}

interface LaneProps {
  tenant: string;
  of: RotaPerson;
  items: ShiftItem[];
  week: number;
  now: number;
  onEdit: (what: "week" | "away") => void;
}

function Lane({ tenant, of, items, week, now, onEdit }: LaneProps) {
  const t = useWords(words);
  const f = useFormats();
  const language = useLanguage();
  const told = useTold();
  const callOff = useCallOff(tenant);
  const may = of.abilities.includes("hours");
  const placed = items.flatMap((item) => {
    const at = place(item, week, of.time_zone);
    return at ? [{ item, at }] : [];
  });
  const spoken = (item: ShiftItem) =>
    t("shifts.span", {
      kind: t(`shifts.kind.${item.kind}`),
      from: f.moment(item.starts_at, new Date(now), of.time_zone),
      to: f.moment(item.ends_at, new Date(now), of.time_zone),
    });
  const empty = Object.values(of.week).every((spans) => spans.length === 0);
  return (
    <li className={css.lane}>
      <span className={css.who}>
        <Avatar person={of.person} size={28} mute />
        <span>
          {of.person.name}
          <small>{zoneName(of.time_zone, new Date(now), language)}</small>
        </span>
      </span>
      <span className={css.track}>
        {placed.length === 0 && <em>{empty ? t("shifts.always") : t("shifts.none")}</em>}
        {placed.map(({ item, at: [left, width] }) => (
          <i
            key={item.kind + item.starts_at}
            data-kind={item.kind}
            role="img"
            aria-label={spoken(item)}
            title={item.note ? `${spoken(item)} · ${item.note}` : spoken(item)}
            style={{ left: `${left * 100}%`, width: `${width * 100}%` }}
          />
        ))}
      </span>
      <span className={css.acts}>
        {may && (
          <>
            {items
              .filter((item) => item.id !== null && Date.parse(item.ends_at) > now)
              .map((item) => (
                <Button key={item.id} onClick={() => callOff.mutate(item.id ?? "", told(t("shifts.calledOff")))}>
                  {t("shifts.callOff", { from: f.brief(item.starts_at, new Date(now), of.time_zone) })}
                </Button>
              ))}
            <IconButton icon={Clock} label={t("shifts.hours", { name: of.person.name })} onClick={() => onEdit("week")} />
            <IconButton icon={CalendarOff} label={t("shifts.away", { name: of.person.name })} onClick={() => onEdit("away")} />
          </>
        )}
      </span>
    </li>
  );
}
