import { Checkbox } from "@manydesk/kit/ui/Choice";
import { useLanguage } from "@manydesk/kit/words/language";
import { speaker, useWords } from "@manydesk/kit/words/useWords";
import { nameIn } from "../../../parts/nameIn.ts";
import editor from "../drafting/Editor.module.css";
import { NamePair } from "../drafting/NamePair.tsx";
import { Refused } from "../drafting/Refused.tsx";
import { SettingBar } from "../drafting/SettingBar.tsx";
import { latest } from "../drafting/setting.ts";
import { useDrafted } from "../drafting/useDrafted.ts";
import { useSettings } from "../drafting/useSettings.ts";
import { sentenceOf } from "../sla/sentence.ts";
import clockWords from "../sla/words.json";
import { Editor } from "./Editor.tsx";
import { Preview } from "./Preview.tsx";
import { Questions } from "./Questions.tsx";
import type { Field, TicketType, TicketTypeSpec } from "./spec.ts";
import { useAnew } from "./useAnew.ts";
import { useFormNames } from "./useFormNames.ts";
import words from "./words.json";

interface Props {
  tenant: string;
  type: TicketType;
  fields: readonly Field[];
  readOnly: boolean;
  /** Opens a field by its key. */
  onField: (key: string) => void;
  onBack: () => void;
}

/** One type: its names, who sees it and its questions at the left; the form as it is filled in at the right. */
export function TypePage({ tenant, type, fields, readOnly, onField, onBack }: Props) {
  const t = useWords(words);
  const language = useLanguage();
  useAnew(tenant, type.version);
  const names = useFormNames(tenant, fields);
  const calls = useSettings<TicketTypeSpec>(tenant, "ticket-types");
  const { save } = calls;
  const { key } = type;
  const draft = useDrafted(type, { send: (spec, upon) => save.mutateAsync({ key, spec, upon }), error: save.error });
  const { spec } = draft;
  const name = nameIn(spec.name, language, key);
  const called = (field: string) => {
    const found = fields.find((one) => one.key === field);
    return found ? nameIn(latest(found).name, language, field) : field;
  };
  const lines = (one: TicketTypeSpec) =>
    new Map<string, string | null>([
      [t("name.ru"), one.name.ru ?? null],
      [t("name.en"), one.name.en ?? null],
      [t("hint.ru"), one.hint?.ru || null],
      [t("hint.en"), one.hint?.en || null],
      [t("changed.public"), t(one.public ? "yes" : "no")],
      ...(one.fields ?? []).map((question): [string, string] => [
        t("changed.question", { name: called(question.field) }),
        [
          question.required && t("required").toLowerCase(),
          question.internal && t("internalOnly").toLowerCase(),
          question.default !== undefined && t("changed.default", { value: names.value(`fields.${question.field}`, question.default) }),
          question.when && t("changed.when", { what: sentenceOf(question.when, speaker(clockWords, language), names) }),
        ]
          .filter(Boolean)
          .join(", ") || t("changed.asked"),
      ]),
    ]);
  return (
    <div className={editor.page}>
      <SettingBar
        tenant={tenant}
        noun="ticket-types"
        setting={type}
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
      <Editor readOnly={readOnly} label={name}>
        <Refused setting={type} draft={draft} lines={lines} />
        <NamePair
          labels={{ ru: t("name.ru"), en: t("name.en") }}
          value={spec.name}
          error={(one) => draft.error(one ? `name/${one}` : "name")}
          onChange={(next) => draft.change({ name: next })}
        />
        <NamePair
          labels={{ ru: t("hint.ru"), en: t("hint.en") }}
          value={spec.hint}
          error={(one) => draft.error(one ? `hint/${one}` : "hint")}
          onChange={(hint) => draft.change({ hint })}
        />
        <Checkbox label={t("public.label")} checked={spec.public} onChange={(on) => draft.change({ public: on })} />
        <Questions tenant={tenant} draft={draft} fields={fields} readOnly={readOnly} onField={onField} />
      </Editor>
      <Preview tenant={tenant} type={type} spec={spec} fields={fields} />
    </div>
  );
}
