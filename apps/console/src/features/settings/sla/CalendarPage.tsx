import { Button } from "@manydesk/kit/ui/Button";
import { Field } from "@manydesk/kit/ui/Field";
import { Icon } from "@manydesk/kit/ui/Icon";
import { Input } from "@manydesk/kit/ui/Input";
import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { nameIn } from "../../../parts/nameIn.ts";
import { Refused } from "../drafting/Refused.tsx";
import { Saved, State } from "../drafting/Standing.tsx";
import type { Setting } from "../drafting/setting.ts";
import { useTold } from "../useTold.ts";
import { CalendarBlock } from "./CalendarBlock.tsx";
import { trialQuery, useSettings } from "./calls.ts";
import { JobNotice } from "./JobNotice.tsx";
import { Preview } from "./Preview.tsx";
import { PublishDialog } from "./PublishDialog.tsx";
import type { Publishable } from "./publishing.ts";
import css from "./Sla.module.css";
import type { CalendarSpec } from "./spec.ts";
import { TrialBlock } from "./TrialBlock.tsx";
import { useDraft } from "./useDraft.ts";
import { useLines } from "./useLines.ts";
import { Versions } from "./Versions.tsx";
import words from "./words.json";

interface Props {
  tenant: string;
  calendar: Setting<CalendarSpec>;
  readOnly: boolean;
  onBack: () => void;
}

/** A calendar alone: its week and dates, and what they mean for a ticket. */
export function CalendarPage({ tenant, calendar, readOnly, onBack }: Props) {
  const t = useWords(words);
  const language = useLanguage();
  const told = useTold();
  const lines = useLines(tenant);
  const draft = useDraft(tenant, "calendars", calendar);
  const name = nameIn(draft.spec.name, language, calendar.key);
  const saved = calendar.draft?.saved_at ?? String(calendar.version);
  const trial = useQuery({ ...trialQuery(tenant, "calendars", calendar.key, saved), enabled: calendar.draft !== null });
  const { remove } = useSettings(tenant, "calendars");
  const [asking, setAsking] = useState<Publishable[] | null>(null);
  const open = async () => {
    const version = await draft.settle();
    if (version === null) return;
    const looked = version ?? calendar.draft?.version;
    if (looked) setAsking([{ kind: "calendars", key: calendar.key, draft: looked, name: t("calendarOf", { name }) }]);
  };
  return (
    <div className={css.page}>
      <header className={css.bar}>
        <button type="button" className={css.crumb} onClick={onBack}>
          SLA
        </button>
        <Icon of={ChevronRight} size={12} />
        <h2>{name}</h2>
        <State setting={calendar} />
        <Saved state={draft.state} at={draft.savedAt} />
        <span className={css.right}>
          <Versions tenant={tenant} kind="calendars" setting={calendar} readOnly={readOnly} />
          {!readOnly && calendar.abilities.includes("remove") && (
            <Button
              kind="ghost"
              busy={remove.isPending}
              onClick={() => remove.mutate(calendar, { onSuccess: onBack, onError: told("").onError })}
            >
              {t("remove")}
            </Button>
          )}
          {!readOnly && calendar.draft && calendar.abilities.includes("publish") && (
            <Button kind="primary" onClick={() => void open()}>
              {t("publish")}
            </Button>
          )}
        </span>
      </header>
      <fieldset className={css.editor} disabled={readOnly}>
        <JobNotice tenant={tenant} />
        <Refused setting={calendar} draft={draft} lines={lines.calendars} />
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
        <CalendarBlock tenant={tenant} setting={calendar} draft={draft} readOnly={readOnly} />
      </fieldset>
      <aside className={css.preview} aria-label={t("preview")}>
        <Preview tenant={tenant} saved={saved} />
        <TrialBlock tenant={tenant} setting={calendar} trial={trial} />
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
