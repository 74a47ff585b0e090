import type { MacroSpec } from "@manydesk/kit/api/route";
import { useLanguage } from "@manydesk/kit/words/language";
import { speaker, useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { deskQuery } from "../../../parts/deskQuery.ts";
import { nameIn } from "../../../parts/nameIn.ts";
import { TicketCondition } from "../../../parts/TicketCondition.tsx";
import css from "../drafting/Editor.module.css";
import { NamePair } from "../drafting/NamePair.tsx";
import { Refused } from "../drafting/Refused.tsx";
import { SettingBar } from "../drafting/SettingBar.tsx";
import { useDrafted } from "../drafting/useDrafted.ts";
import { useRouteNames } from "../routing/useRouteNames.ts";
import { sentenceOf } from "../sla/sentence.ts";
import { useNames } from "../sla/useNames.ts";
import clockWords from "../sla/words.json";
import { Actions } from "../triggers/Actions.tsx";
import { actionText } from "../triggers/say.ts";
import { actionKinds } from "../triggers/spec.ts";
import triggerWords from "../triggers/words.json";
import { type Macro, useMacros } from "./calls.ts";
import words from "./words.json";

interface Props {
  tenant: string;
  macro: Macro;
  readOnly: boolean;
  onBack: () => void;
}

// It speaks to nobody but those of the ticket, and applies no other macro.
const kinds = actionKinds.filter((kind) => kind !== "tell" && kind !== "webhook" && kind !== "apply_macro");

/** One macro: what it is called, where it is offered, what it does. */
export function MacroPage({ tenant, macro, readOnly, onBack }: Props) {
  const t = useWords(words);
  const language = useLanguage();
  const names = useRouteNames(tenant);
  const clockNames = useNames(tenant);
  const { data: desk } = useQuery(deskQuery(tenant));
  const calls = useMacros(tenant);
  const { save } = calls;
  const { key } = macro;
  const draft = useDrafted(macro, { send: (spec, upon) => save.mutateAsync({ key, spec, upon }), error: save.error });
  const { spec } = draft;
  const name = nameIn(spec.name, language, key);
  const statuses = desk?.settings.workflow.statuses ?? [];
  const lines = (one: MacroSpec) =>
    new Map<string, string | null>([
      [t("name.ru"), one.name.ru ?? null],
      [t("name.en"), one.name.en ?? null],
      [t("hint.ru"), one.hint?.ru || null],
      [t("hint.en"), one.hint?.en || null],
      [t("when"), sentenceOf(one.when, speaker(clockWords, language), clockNames) || t("everywhere")],
      ...one.actions.map((action, at): [string, string] => [
        t("action", { n: at + 1 }),
        actionText(action, speaker(triggerWords, language), names, statuses),
      ]),
    ]);
  const users = (macro.used_by ?? []).map((one) => `«${nameIn(one.name, language, one.key)}»`).join(", ");
  return (
    <div className={`${css.page} ${css.alone}`}>
      <SettingBar
        tenant={tenant}
        noun="macros"
        setting={macro}
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
          removeTitle: t("remove.title", { name }),
          removeText: t("remove.text"),
          removed: t("removed", { name }),
        }}
      />
      <fieldset className={css.editor} disabled={readOnly}>
        <Refused setting={macro} draft={draft} lines={lines} />
        {users && <p className="muted s13">{t("usedBy", { names: users })}</p>}
        <NamePair
          labels={{ ru: t("name.ru"), en: t("name.en") }}
          value={spec.name}
          error={(part) => draft.error(part ? `name/${part}` : "name")}
          onChange={(next) => draft.change({ name: next })}
        />
        <NamePair
          labels={{ ru: t("hint.ru"), en: t("hint.en") }}
          value={spec.hint}
          error={(part) => draft.error(part ? `hint/${part}` : "hint")}
          onChange={(hint) => draft.change({ hint })}
        />
        <section className={css.block} aria-label={t("when")}>
          <h3>
            {t("when")} <small>{t("when.lead")}</small>
          </h3>
          <TicketCondition
            tenant={tenant}
            label={t("when")}
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
          kinds={kinds}
          lead={t("actions.lead")}
          onChange={(actions) => draft.change({ actions })}
          error={draft.error}
        />
        {draft.state === "failed" && draft.error("actions") && <p className={css.wrong}>{draft.error("actions")}</p>}
      </fieldset>
    </div>
  );
}
