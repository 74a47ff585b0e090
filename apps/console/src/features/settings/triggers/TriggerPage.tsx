import { isProblem } from "@manydesk/kit/api/problem";
import { Button } from "@manydesk/kit/ui/Button";
import { Checkbox } from "@manydesk/kit/ui/Choice";
import { Confirm, Sheet } from "@manydesk/kit/ui/Dialog";
import { Field } from "@manydesk/kit/ui/Field";
import { Icon } from "@manydesk/kit/ui/Icon";
import { Input } from "@manydesk/kit/ui/Input";
import { useLanguage } from "@manydesk/kit/words/language";
import { speaker, useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { tenantPath } from "../../../parts/ask.ts";
import { deskQuery } from "../../../parts/deskQuery.ts";
import { nameIn } from "../../../parts/nameIn.ts";
import { TicketCondition } from "../../../parts/TicketCondition.tsx";
import { Refused } from "../drafting/Refused.tsx";
import { Saved, State } from "../drafting/Standing.tsx";
import { useDrafted } from "../drafting/useDrafted.ts";
import { Versions } from "../drafting/Versions.tsx";
import { useRouteNames } from "../routing/useRouteNames.ts";
import { Secret } from "../sla/Secret.tsx";
import { sentenceOf } from "../sla/sentence.ts";
import { useNames } from "../sla/useNames.ts";
import clockWords from "../sla/words.json";
import { useTold } from "../useTold.ts";
import { Actions } from "./Actions.tsx";
import { type Trigger, useTriggers } from "./calls.ts";
import { EventPick } from "./EventPick.tsx";
import { PublishDialog } from "./PublishDialog.tsx";
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
  const told = useTold();
  const names = useRouteNames(tenant);
  const clockNames = useNames(tenant);
  const { data: desk } = useQuery(deskQuery(tenant));
  const { save, discard, restore, remove } = useTriggers(tenant);
  const { key } = trigger;
  const draft = useDrafted(trigger, { send: (spec, upon) => save.mutateAsync({ key, spec, upon }), error: save.error });
  const { spec } = draft;
  const [asking, setAsking] = useState<number | null>(null);
  const [deleting, setDeleting] = useState(false);
  const [seen, setSeen] = useState<string | null>(null);
  const secret = save.data?.secret && save.data.secret !== seen ? save.data.secret : null;
  const name = nameIn(spec.name, language, key);
  const statuses = desk?.settings.workflow.statuses ?? [];
  const open = async () => {
    const kept = await draft.settle();
    const version = kept === undefined ? trigger.draft?.version : kept;
    if (version) setAsking(version);
  };
  const path = tenantPath(tenant, "triggers", key);
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
    <div className={css.page}>
      <header className={css.bar}>
        <button type="button" className={css.crumb} onClick={onBack}>
          {t("title")}
        </button>
        <Icon of={ChevronRight} size={12} />
        <h2>{name}</h2>
        <State setting={trigger} />
        <Saved state={draft.state} at={draft.savedAt} />
        <span className={css.right}>
          <Versions
            setting={trigger}
            path={path}
            readOnly={readOnly}
            lines={lines}
            discard={{
              mutate: (_, said) => {
                if (trigger.version === 0) onBack();
                discard.mutate(key, said);
              },
            }}
            restore={{ mutate: (version, said) => restore.mutate({ key, version }, said) }}
          />
          {!readOnly && trigger.version > 0 && <Button onClick={() => setDeleting(true)}>{t("delete")}</Button>}
          {!readOnly && (trigger.draft || draft.state !== "saved") && (
            <Button kind="primary" onClick={() => void open()}>
              {t("publish")}
            </Button>
          )}
        </span>
      </header>
      <fieldset className={css.editor} disabled={readOnly}>
        <Refused setting={trigger} draft={draft} lines={lines} />
        <div className={css.pair}>
          <Field label={t("name.ru")} error={draft.error("name")}>
            <Input value={spec.name.ru ?? ""} onChange={(event) => draft.change({ name: { ...spec.name, ru: event.target.value } })} />
          </Field>
          <Field label={t("name.en")}>
            <Input value={spec.name.en ?? ""} onChange={(event) => draft.change({ name: { ...spec.name, en: event.target.value } })} />
          </Field>
        </div>
        <section className={css.block} aria-label={t("when")}>
          <h3>{t("when")}</h3>
          <EventPick spec={spec} onChange={draft.change} error={draft.error} />
        </section>
        <section className={css.block} aria-label={t("conditions")}>
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
          <p className={css.wrong}>{draft.error("actions")}</p>
        )}
      </fieldset>
      <aside className={css.aside} aria-label={t("runs")}>
        <Runs tenant={tenant} trigger={key} find={find} />
      </aside>
      {asking !== null && (
        <PublishDialog
          tenant={tenant}
          trigger={trigger}
          draft={asking}
          name={name}
          onPublished={() => {
            setAsking(null);
            told(t("published", { name })).onSuccess();
          }}
          onLook={setAsking}
          onClose={() => setAsking(null)}
        />
      )}
      <Confirm
        open={deleting}
        onClose={() => setDeleting(false)}
        danger
        busy={remove.isPending}
        title={t("delete.title", { name })}
        action={t("delete")}
        onConfirm={() =>
          remove.mutate(trigger, {
            onSuccess: () => {
              told(t("deleted", { name })).onSuccess();
              onBack();
            },
            onError: told("").onError,
          })
        }
      >
        {t("delete.text")}
      </Confirm>
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
