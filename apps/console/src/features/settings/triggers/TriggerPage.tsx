import { isProblem } from "@manydesk/kit/api/problem";
import { Button } from "@manydesk/kit/ui/Button";
import { Checkbox } from "@manydesk/kit/ui/Choice";
import { Sheet } from "@manydesk/kit/ui/Dialog";
import { useLanguage } from "@manydesk/kit/words/language";
import { speaker, useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { deskQuery } from "../../../parts/deskQuery.ts";
import { nameIn } from "../../../parts/nameIn.ts";
import { TicketCondition } from "../../../parts/TicketCondition.tsx";
import editor from "../drafting/Editor.module.css";
import { NamePair } from "../drafting/NamePair.tsx";
import { Refused } from "../drafting/Refused.tsx";
import { SettingBar } from "../drafting/SettingBar.tsx";
import { useDrafted } from "../drafting/useDrafted.ts";
import { useRouteNames } from "../routing/useRouteNames.ts";
import { Secret } from "../sla/Secret.tsx";
import { sentenceOf } from "../sla/sentence.ts";
import { useNames } from "../sla/useNames.ts";
import clockWords from "../sla/words.json";
import { Actions } from "./Actions.tsx";
import { type Trigger, useTriggers } from "./calls.ts";
import { EventPick } from "./EventPick.tsx";
import { Runs } from "./Runs.tsx";
import { actionText, eventText } from "./say.ts";
import type { TriggerSpec } from "./spec.ts";
import css from "./Triggers.module.css";
import words from "./words.json";

interface Props {
  tenant: string;
  trigger: Trigger;
  /** Another trigger by its key: for chains. */
  find: (key: string) => Trigger | undefined;
  readOnly: boolean;
  onBack: () => void;
}

/** One trigger: event, conditions, actions at the left; what it did and why it did not at the right. */
export function TriggerPage({ tenant, trigger, find, readOnly, onBack }: Props) {
  const t = useWords(words);
  const language = useLanguage();
  const names = useRouteNames(tenant);
  const clockNames = useNames(tenant);
  const { data: desk } = useQuery(deskQuery(tenant));
  const calls = useTriggers(tenant);
  const { save } = calls;
  const { key } = trigger;
  const draft = useDrafted(trigger, { send: (spec, upon) => save.mutateAsync({ key, spec, upon }), error: save.error });
  const { spec } = draft;
  const [seen, setSeen] = useState<string | null>(null);
  const secret = save.data?.secret && save.data.secret !== seen ? save.data.secret : null;
  const name = nameIn(spec.name, language, key);
  const statuses = desk?.settings.workflow.statuses ?? [];
  const lines = (one: TriggerSpec) =>
    new Map<string, string | null>([
      [t("name.ru"), one.name.ru ?? null],
      [t("name.en"), one.name.en ?? null],
      [t("changed.on"), eventText(one, t)],
      [t("changed.if"), sentenceOf(one.when, speaker(clockWords, language), clockNames) || t("all")],
      ...one.actions.map((action, at): [string, string] => [t("action", { n: at + 1 }), actionText(action, t, names, statuses)]),
      [t("changed.stop"), t(one.stop ? "yes" : "no")],
    ]);
  return (
    <div className={editor.page}>
      <SettingBar
        tenant={tenant}
        noun="triggers"
        setting={trigger}
        name={name}
        draft={draft}
        lines={lines}
        calls={calls}
        readOnly={readOnly}
        onBack={onBack}
        said={{
          title: t("title"),
          publishTitle: t("publish.title"),
          publishWhat: t("publish.what", { name }),
          published: t("published", { name }),
          removeTitle: t("delete.title", { name }),
          removeText: t("delete.text"),
          removed: t("deleted", { name }),
        }}
      />
      <fieldset className={editor.editor} disabled={readOnly}>
        <Refused setting={trigger} draft={draft} lines={lines} />
        <NamePair
          labels={{ ru: t("name.ru"), en: t("name.en") }}
          value={spec.name}
          error={(language) => draft.error(language ? `name/${language}` : "name")}
          onChange={(name) => draft.change({ name })}
        />
        <section className={editor.block} aria-label={t("when")}>
          <h3>{t("when")}</h3>
          <EventPick spec={spec} onChange={draft.change} error={draft.error} />
        </section>
        <section className={editor.block} aria-label={t("conditions")}>
          <h3>{t("conditions")}</h3>
          <TicketCondition
            tenant={tenant}
            label={t("conditions")}
            value={spec.when}
            onChange={(when) => draft.change({ when })}
            problem={draft.problem}
            at="/body/spec/when"
          />
        </section>
        <Actions
          tenant={tenant}
          actions={spec.actions}
          names={names}
          onChange={(actions) => draft.change({ actions })}
          error={draft.error}
        />
        <Checkbox label={t("stop")} checked={Boolean(spec.stop)} onChange={(stop) => draft.change({ stop })} />
        {isProblem(save.error) && draft.state === "failed" && draft.error("actions") && (
          <p className={editor.wrong}>{draft.error("actions")}</p>
        )}
      </fieldset>
      <aside className={css.aside} aria-label={t("runs")}>
        <Runs tenant={tenant} trigger={key} find={find} />
      </aside>
      {secret && (
        <Sheet
          open
          onClose={() => setSeen(secret)}
          title={t("secret.title")}
          actions={
            <Button kind="primary" onClick={() => setSeen(secret)}>
              {t("secret.done")}
            </Button>
          }
        >
          <Secret secret={secret} />
        </Sheet>
      )}
    </div>
  );
}
