import { Button } from "@manydesk/kit/ui/Button";
import { Menu } from "@manydesk/kit/ui/Menu";
import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { Plus } from "lucide-react";
import { useState } from "react";
import { nameIn } from "../../../parts/nameIn.ts";
import editor from "../drafting/Editor.module.css";
import { latest } from "../drafting/setting.ts";
import type { Draft } from "../drafting/useDrafted.ts";
import { useSettings } from "../drafting/useSettings.ts";
import { NewDialog } from "./NewDialog.tsx";
import { Question } from "./Question.tsx";
import { blankField, type Field, type FieldKind, moved, type TicketField, type TicketTypeSpec, withQuestion } from "./spec.ts";
import css from "./Types.module.css";
import words from "./words.json";

interface Props {
  tenant: string;
  draft: Draft<TicketTypeSpec>;
  fields: readonly Field[];
  readOnly: boolean;
  onField: (key: string) => void;
}

/** What a form asks, in order. */
export function Questions({ tenant, draft, fields, readOnly, onField }: Props) {
  const t = useWords(words);
  const language = useLanguage();
  const [making, setMaking] = useState(false);
  const { create } = useSettings<TicketField>(tenant, "fields");
  const all = draft.spec.fields ?? [];
  const asked = new Set(all.map((one) => one.field));
  const free = fields.filter((one) => !asked.has(one.key));
  const edit = (how: (old: NonNullable<TicketTypeSpec["fields"]>) => NonNullable<TicketTypeSpec["fields"]>) =>
    draft.edit((spec) => ({ ...spec, fields: how(spec.fields ?? []) }));
  const add = (field: string) => edit((old) => [...old, { field }]);
  const make = (name: TicketField["name"], kind: FieldKind) =>
    create.mutate(blankField(name, kind), {
      onSuccess: (made) => {
        setMaking(false);
        add(made.key);
      },
    });
  return (
    <section className={editor.block} aria-label={t("questions")}>
      <h3>
        {t("questions")} {all.length > 0 && <small>{t("questions.lead")}</small>}
      </h3>
      {all.length === 0 && <p className="muted s13">{t("questions.none")}</p>}
      {draft.error("fields") && <p className={editor.wrong}>{draft.error("fields")}</p>}
      <ol className={css.questions}>
        {all.map((question, at) => (
          <Question
            key={question.field}
            tenant={tenant}
            question={question}
            place={{ at, of: all.length }}
            field={fields.find((one) => one.key === question.field)}
            others={all.flatMap((one) => (one.field === question.field ? [] : [one.field]))}
            problem={draft.problem}
            error={(member) => draft.error(`fields/${at}/${member}`)}
            onChange={(part) => edit((old) => withQuestion(old, at, part))}
            onMove={(to) => edit((old) => moved(old, at, to))}
            onRemove={() => edit((old) => old.filter((_one, place) => place !== at))}
            onField={onField}
          />
        ))}
      </ol>
      {!readOnly && (
        <Menu
          button={
            <Button size="xs" kind="ghost" icon={Plus}>
              {t("question.add")}
            </Button>
          }
          items={[
            ...free.map((one) => ({
              label: nameIn(latest(one).name, language, one.key),
              hint: t(`kind.${latest(one).kind}`),
              onSelect: () => add(one.key),
            })),
            ...(free.length > 0 ? (["line"] as const) : []),
            { label: t("question.new"), icon: Plus, onSelect: () => setMaking(true) },
          ]}
        />
      )}
      {making && <NewDialog what="field" make={create} onMake={make} onClose={() => setMaking(false)} />}
    </section>
  );
}
