import type { MyTenant } from "@manydesk/kit/api/agent";
import { Badge } from "@manydesk/kit/ui/Badge";
import { Button } from "@manydesk/kit/ui/Button";
import { EmptyState } from "@manydesk/kit/ui/EmptyState";
import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { Hourglass, Plus } from "lucide-react";
import { useState } from "react";
import { nameIn } from "../../../parts/nameIn.ts";
import { latest, type Setting } from "../drafting/setting.ts";
import { Loaded, Section } from "../Section.tsx";
import { useTold } from "../useTold.ts";
import { usualWeek } from "./CalendarBlock.tsx";
import { CalendarPage } from "./CalendarPage.tsx";
import { settingsQuery, useSettings } from "./calls.ts";
import { Escalations } from "./Escalations.tsx";
import { Exceptions } from "./Exceptions.tsx";
import { JobNotice } from "./JobNotice.tsx";
import { KeptBlock } from "./KeptBlock.tsx";
import { PolicyPage } from "./PolicyPage.tsx";
import css from "./Sla.module.css";
import { SortableList } from "./SortableList.tsx";
import { sentenceOf } from "./sentence.ts";
import type { PolicySpec } from "./spec.ts";
import { useNames } from "./useNames.ts";
import words from "./words.json";

// Names in both languages at once: what is shown later depends on who looks.
const firstCalendar = { ru: "Рабочие часы", en: "Working hours" };
const firstPolicy = { ru: "Новая политика", en: "New policy" };

type Place = { kind: "policy" | "calendar"; key: string } | null;

/** Promises and working hours of a tenant: what is promised to whom, by which hours, with what exceptions. */
export function Sla({ tenant }: { tenant: MyTenant }) {
  const t = useWords(words);
  const language = useLanguage();
  const told = useTold();
  const { slug } = tenant;
  const policies = useQuery(settingsQuery(slug, "sla-policies"));
  const calendars = useQuery(settingsQuery(slug, "calendars"));
  const exceptions = useQuery(settingsQuery(slug, "sla-exceptions"));
  const policyChanges = useSettings(slug, "sla-policies");
  const calendarChanges = useSettings(slug, "calendars");
  const [place, setPlace] = useState<Place>(null);
  const readOnly = !tenant.abilities.includes("settings.edit");
  const back = () => setPlace(null);

  const policy = place?.kind === "policy" ? policies.data?.find((one) => one.key === place.key) : undefined;
  if (policy) {
    return (
      <PolicyPage
        key={policy.key}
        tenant={slug}
        policy={policy}
        calendars={calendars.data ?? []}
        exceptions={exceptions.data ?? []}
        readOnly={readOnly}
        onBack={back}
      />
    );
  }
  const calendar = place?.kind === "calendar" ? calendars.data?.find((one) => one.key === place.key) : undefined;
  if (calendar) return <CalendarPage key={calendar.key} tenant={slug} calendar={calendar} readOnly={readOnly} onBack={back} />;

  const newCalendar = () =>
    calendarChanges.create.mutate(
      { spec: { name: firstCalendar, time_zone: tenant.time_zone, weekly: usualWeek } },
      { onSuccess: (made) => setPlace({ kind: "calendar", key: made.key }), onError: told("").onError },
    );
  const newPolicy = () => {
    const hours = calendars.data?.[0]?.key;
    const target = (first_response: number, resolution: number) => ({ first_response, resolution, ...(hours && { calendar: hours }) });
    policyChanges.create.mutate(
      {
        spec: {
          name: firstPolicy,
          targets: { "1": target(15, 240), "2": target(30, 480), "3": target(120, 1440), "4": target(240, 2400) },
          pause_in: ["pending"],
        },
      },
      { onSuccess: (made) => setPlace({ kind: "policy", key: made.key }), onError: told("").onError },
    );
  };
  return (
    <Section title={t("title")} lead={t("lead")}>
      <JobNotice tenant={slug} />
      <Loaded of={policies}>
        <section className={css.block} aria-label={t("policies")}>
          <h2>
            {t("policies")} <small>{t("policies.lead")}</small>
            {!readOnly && (
              <span className={css.right}>
                <Button
                  size="xs"
                  kind="ghost"
                  icon={Plus}
                  busy={policyChanges.create.isPending}
                  disabled={!calendars.data?.length}
                  onClick={newPolicy}
                >
                  {t("policy.new")}
                </Button>
              </span>
            )}
          </h2>
          {policies.data?.length === 0 ? (
            <EmptyState icon={Hourglass} title={t("policies.none")}>
              {t("policies.none.text")}
            </EmptyState>
          ) : (
            <Policies
              tenant={slug}
              policies={policies.data ?? []}
              readOnly={readOnly}
              onOpen={(key) => setPlace({ kind: "policy", key })}
            />
          )}
        </section>
        <section className={css.block} aria-label={t("calendars")}>
          <h2>
            {t("calendars")}
            {!readOnly && (
              <span className={css.right}>
                <Button size="xs" kind="ghost" icon={Plus} busy={calendarChanges.create.isPending} onClick={newCalendar}>
                  {t("calendar.new")}
                </Button>
              </span>
            )}
          </h2>
          <ul className={css.rules}>
            {calendars.data?.map((one) => (
              <li key={one.key}>
                <button type="button" className={css.open} onClick={() => setPlace({ kind: "calendar", key: one.key })}>
                  {nameIn(latest(one).name, language, one.key)}
                </button>
                <span className="muted">{latest(one).always ? t("always") : latest(one).time_zone}</span>
                {one.draft && <Badge>{t("state.draft")}</Badge>}
                <span className={css.acts}>
                  {(one.used_by ?? []).length > 0 && <span className="muted">{t("usedBy", { n: one.used_by?.length ?? 0 })}</span>}
                </span>
              </li>
            ))}
          </ul>
        </section>
        <Exceptions tenant={slug} exceptions={exceptions.data ?? []} calendars={calendars.data ?? []} readOnly={readOnly} />
        <KeptBlock tenant={slug} />
        <div className={css.plain}>
          <Escalations tenant={slug} readOnly={readOnly} />
        </div>
      </Loaded>
    </Section>
  );
}

interface PoliciesProps {
  tenant: string;
  policies: readonly Setting<PolicySpec>[];
  readOnly: boolean;
  onOpen: (key: string) => void;
}

function Policies({ tenant, policies, readOnly, onOpen }: PoliciesProps) {
  const t = useWords(words);
  const language = useLanguage();
  const told = useTold();
  const names = useNames(tenant);
  const { order } = useSettings(tenant, "sla-policies");
  const items = policies.map((one) => {
    const spec = latest(one);
    const name = nameIn(spec.name, language, one.key);
    const when = sentenceOf(spec.when, t, names);
    return {
      key: one.key,
      name,
      content: (
        <>
          <button type="button" className={css.open} onClick={() => onOpen(one.key)}>
            {name}
          </button>
          <span className={css.sentence}>
            {when ? (
              <>
                <em>{t("rule.if")}</em> {when}
              </>
            ) : (
              <em>{t("rule.all")}</em>
            )}
          </span>
          <Badge>{one.draft ? t("state.draft") : t("version", { n: one.version })}</Badge>
        </>
      ),
    };
  });
  return (
    <SortableList
      label={t("policies")}
      items={items}
      onOrder={readOnly ? undefined : (keys) => order.mutate(keys, told(t("ordered")))}
      otherwise={t("policies.otherwise")}
    />
  );
}
