import type { ProcessSpec } from "@manydesk/kit/api/route";
import { MultiCombobox } from "@manydesk/kit/ui/Combobox";
import { Field } from "@manydesk/kit/ui/Field";
import { useLanguage } from "@manydesk/kit/words/language";
import { speaker, useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { deskQuery } from "../../../parts/deskQuery.ts";
import { nameIn } from "../../../parts/nameIn.ts";
import css from "../drafting/Editor.module.css";
import { NamePair } from "../drafting/NamePair.tsx";
import { Refused } from "../drafting/Refused.tsx";
import { SettingBar } from "../drafting/SettingBar.tsx";
import { useDrafted } from "../drafting/useDrafted.ts";
import { useRouteNames } from "../routing/useRouteNames.ts";
import { sentenceOf } from "../sla/sentence.ts";
import { useNames } from "../sla/useNames.ts";
import clockWords from "../sla/words.json";
import { type Process, useProcesses } from "./calls.ts";
import { processLines } from "./lines.ts";
import { StageList } from "./StageList.tsx";
import words from "./words.json";

interface Props {
  tenant: string;
  process: Process;
  readOnly: boolean;
  onBack: () => void;
}

/** One process: what it is called, for which tickets, and its stages in order. */
export function ProcessPage({ tenant, process, readOnly, onBack }: Props) {
  const t = useWords(words);
  const language = useLanguage();
  const names = useRouteNames(tenant);
  const clockNames = useNames(tenant);
  const { data: desk } = useQuery(deskQuery(tenant));
  const calls = useProcesses(tenant);
  const { save } = calls;
  const { key } = process;
  const draft = useDrafted(process, { send: (spec, upon) => save.mutateAsync({ key, spec, upon }), error: save.error });
  const { spec } = draft;
  const name = nameIn(spec.name, language, key);
  const types = desk?.settings.types ?? [];
  const lines = (one: ProcessSpec) =>
    processLines(one, {
      t,
      language,
      names,
      types,
      when: (stage) => sentenceOf(stage.when, speaker(clockWords, language), clockNames),
    });
  const users = (process.used_by ?? []).map((one) => `«${nameIn(one.name, language, one.key)}»`).join(", ");
  return (
    <div className={`${css.page} ${css.alone}`}>
      <SettingBar
        tenant={tenant}
        noun="processes"
        setting={process}
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
        <Refused setting={process} draft={draft} lines={lines} />
        {users && <p className="muted s13">{t("usedBy", { names: users })}</p>}
        <NamePair
          labels={{ ru: t("name.ru"), en: t("name.en") }}
          value={spec.name}
          error={(part) => draft.error(part ? `name/${part}` : "name")}
          onChange={(next) => draft.change({ name: next })}
        />
        <Field label={t("types")} error={draft.error("types")}>
          <MultiCombobox
            placeholder={t("types.all")}
            options={types.map((one) => ({ value: one.key, label: one.name }))}
            value={(spec.types ?? []).map((value) => ({ value, label: types.find((one) => one.key === value)?.name ?? value }))}
            onChange={(next) => draft.change({ types: next.length > 0 ? next.map((one) => one.value) : undefined })}
          />
        </Field>
        <StageList tenant={tenant} draft={draft} names={names} readOnly={readOnly} />
        {draft.error("stages") && <p className={css.wrong}>{draft.error("stages")}</p>}
      </fieldset>
    </div>
  );
}
