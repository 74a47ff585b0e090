import { Button } from "@manydesk/kit/ui/Button";
import { Checkbox } from "@manydesk/kit/ui/Choice";
import { Field } from "@manydesk/kit/ui/Field";
import { Icon } from "@manydesk/kit/ui/Icon";
import { Input } from "@manydesk/kit/ui/Input";
import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { deskQuery } from "../../../parts/deskQuery.ts";
import { nameIn } from "../../../parts/nameIn.ts";
import { Refused } from "../drafting/Refused.tsx";
import { Saved, State } from "../drafting/Standing.tsx";
import type { Setting } from "../drafting/setting.ts";
import { useTold } from "../useTold.ts";
import { CalendarBlock } from "./CalendarBlock.tsx";
import { trialQuery } from "./calls.ts";
import { Escalations } from "./Escalations.tsx";
import { Exceptions } from "./Exceptions.tsx";
import { JobNotice } from "./JobNotice.tsx";
import { Preview } from "./Preview.tsx";
import { PublishDialog } from "./PublishDialog.tsx";
import type { Publishable } from "./publishing.ts";
import css from "./Sla.module.css";
import type { CalendarSpec, ExceptionSpec, PolicySpec } from "./spec.ts";
import { TargetsTable } from "./TargetsTable.tsx";
import { TrialBlock } from "./TrialBlock.tsx";
import { useDraft } from "./useDraft.ts";
import { useLines } from "./useLines.ts";
import { Versions } from "./Versions.tsx";
import { When } from "./When.tsx";
import words from "./words.json";

interface Props {
  tenant: string;
  policy: Setting<PolicySpec>;
  calendars: readonly Setting<CalendarSpec>[];
  exceptions: readonly Setting<ExceptionSpec>[];
  readOnly: boolean;
  onBack: () => void;
}

/** A policy with its calendar and exceptions at the left; what it means for a ticket at the right, always. */
export function PolicyPage({ tenant, policy, calendars, exceptions, readOnly, onBack }: Props) {
  const t = useWords(words);
  const language = useLanguage();
  const told = useTold();
  const lines = useLines(tenant);
  const { data: desk } = useQuery(deskQuery(tenant));
  const draft = useDraft(tenant, "sla-policies", policy);
  const name = nameIn(draft.spec.name, language, policy.key);
  const used = [...new Set(Object.values(draft.spec.targets).flatMap((target) => target?.calendar ?? []))];
  const week =
    calendars.find((one) => used.includes(one.key) && !(one.draft?.spec ?? one.spec).always) ??
    calendars.find((one) => used.includes(one.key)) ??
    calendars[0];
  const saved = [policy, ...calendars, ...exceptions].map((one) => one.draft?.saved_at ?? one.version).join();
  const trial = useQuery({ ...trialQuery(tenant, "sla-policies", policy.key, saved), enabled: policy.draft !== null });
  const [asking, setAsking] = useState<Publishable[] | null>(null);
  const changed = calendars.filter((one) => one.draft && used.includes(one.key));
  const open = async () => {
    const kept = await draft.settle();
    if (kept === null) return;
    const looked = kept ?? policy.draft?.version;
    setAsking([
      ...changed.flatMap((one): Publishable[] => {
        const called = t("calendarOf", { name: nameIn(one.draft?.spec.name, language, one.key) });
        return one.draft ? [{ kind: "calendars", key: one.key, draft: one.draft.version, name: called }] : [];
      }),
      ...(looked ? [{ kind: "sla-policies" as const, key: policy.key, draft: looked, name: t("named.policy", { name }) }] : []),
    ]);
  };
  const statuses = (desk?.settings.workflow.statuses ?? []).filter((one) => one.category !== "resolved" && one.category !== "closed");
  const paused = draft.spec.pause_in ?? [];
  return (
    <div className={css.page}>
      <header className={css.bar}>
        <button type="button" className={css.crumb} onClick={onBack}>
          SLA
        </button>
        <Icon of={ChevronRight} size={12} />
        <h2>{name}</h2>
        <State setting={policy} />
        <Saved state={draft.state} at={draft.savedAt} />
        <span className={css.right}>
          <Versions tenant={tenant} kind="sla-policies" setting={policy} readOnly={readOnly} />
          {!readOnly && (policy.draft || changed.length > 0) && policy.abilities.includes("publish") && (
            <Button kind="primary" onClick={() => void open()}>
              {t("publish")}
            </Button>
          )}
        </span>
      </header>
      <fieldset className={css.editor} disabled={readOnly}>
        <JobNotice tenant={tenant} />
        <Refused setting={policy} draft={draft} lines={lines.policies} />
        <section className={css.block} aria-label={t("targets")}>
          <h2>{t("targets")}</h2>
          <TargetsTable draft={draft} calendars={calendars} readOnly={readOnly} />
          <div className={css.pauses}>
            <span className="muted">{t("pauses")}</span>
            {statuses.map((status) => (
              <Checkbox
                key={status.key}
                label={status.name}
                checked={paused.includes(status.key)}
                onChange={(on) => draft.change({ pause_in: on ? [...paused, status.key] : paused.filter((one) => one !== status.key) })}
              />
            ))}
          </div>
        </section>
        <details className={css.more}>
          <summary>{t("policy.for")}</summary>
          <div className={css.pair}>
            <Field label={t("name.ru")} error={draft.error("name")}>
              <Input
                value={draft.spec.name.ru ?? ""}
                onChange={(event) => draft.change({ name: { ...draft.spec.name, ru: event.target.value } })}
              />
            </Field>
            <Field label={t("name.en")}>
              <Input
                value={draft.spec.name.en ?? ""}
                onChange={(event) => draft.change({ name: { ...draft.spec.name, en: event.target.value } })}
              />
            </Field>
          </div>
          <When tenant={tenant} value={draft.spec.when} onChange={(when) => draft.change({ when })} problem={draft.problem} />
          <Checkbox
            label={t("customerCalendar")}
            checked={Boolean(draft.spec.customer_calendar)}
            onChange={(customer_calendar) => draft.change({ customer_calendar })}
          />
        </details>
        {week && <CalendarPart key={week.key} tenant={tenant} setting={week} readOnly={readOnly} />}
        <Exceptions tenant={tenant} exceptions={exceptions} calendars={calendars} readOnly={readOnly} />
      </fieldset>
      <aside className={css.preview} aria-label={t("preview")}>
        <Preview tenant={tenant} saved={saved} />
        <TrialBlock tenant={tenant} setting={policy} trial={trial} />
        <Escalations tenant={tenant} readOnly={readOnly} />
      </aside>
      {asking && (
        <PublishDialog
          tenant={tenant}
          drafts={asking}
          onPublished={() => {
            setAsking(null);
            told(t("published", { name })).onSuccess();
          }}
          onClose={() => setAsking(null)}
        />
      )}
    </div>
  );
}

function CalendarPart({ tenant, setting, readOnly }: { tenant: string; setting: Setting<CalendarSpec>; readOnly: boolean }) {
  const draft = useDraft(tenant, "calendars", setting);
  return <CalendarBlock tenant={tenant} setting={setting} draft={draft} readOnly={readOnly} />;
}
