import { Button, IconButton } from "@manydesk/kit/ui/Button";
import { Field as Labelled } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { Select } from "@manydesk/kit/ui/Select";
import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { Plus, Trash2 } from "lucide-react";
import { nameIn } from "../../../parts/nameIn.ts";
import editor from "../drafting/Editor.module.css";
import { NamePair } from "../drafting/NamePair.tsx";
import { Refused } from "../drafting/Refused.tsx";
import { SettingBar } from "../drafting/SettingBar.tsx";
import { useDrafted } from "../drafting/useDrafted.ts";
import { useSettings } from "../drafting/useSettings.ts";
import { Editor } from "./Editor.tsx";
import { type Choice, choiceOf, type Field, fieldKinds, type TicketField } from "./spec.ts";
import css from "./Types.module.css";
import { useAnew } from "./useAnew.ts";
import words from "./words.json";

interface Props {
  tenant: string;
  field: Field;
  readOnly: boolean;
  onBack: () => void;
}

/** One field: what it is called, what is answered, where it is named. */
export function FieldPage({ tenant, field, readOnly, onBack }: Props) {
  const t = useWords(words);
  const language = useLanguage();
  useAnew(tenant, field.version);
  const calls = useSettings<TicketField>(tenant, "fields");
  const { save } = calls;
  const { key } = field;
  const draft = useDrafted(field, { send: (spec, upon) => save.mutateAsync({ key, spec, upon }), error: save.error });
  const { spec } = draft;
  const name = nameIn(spec.name, language, key);
  const where = (field.used_by ?? []).map((use) => nameIn(use.name, language, use.key));
  const lines = (one: TicketField) =>
    new Map<string, string | null>([
      [t("name.ru"), one.name.ru ?? null],
      [t("name.en"), one.name.en ?? null],
      [t("hint.ru"), one.hint?.ru || null],
      [t("hint.en"), one.hint?.en || null],
      [t("kind"), t(`kind.${one.kind}`)],
      ...(one.choices ?? []).map((choice): [string, string] => [
        t("changed.choice", { key: choice.key }),
        [choice.name.ru, choice.name.en].join(" / "),
      ]),
    ]);
  return (
    <div className={`${editor.page} ${editor.alone}`}>
      <SettingBar
        tenant={tenant}
        noun="fields"
        setting={field}
        name={name}
        draft={draft}
        lines={lines}
        calls={calls}
        readOnly={readOnly}
        onBack={onBack}
        said={{
          title: t("title"),
          publishTitle: t("field.publish.title"),
          publishWhat: t("field.publish.what", { name }),
          published: t("field.published", { name }),
          removeTitle: t("field.delete.title", { name }),
          removeText: t("field.delete.text"),
          removed: t("field.deleted", { name }),
        }}
      />
      <Editor readOnly={readOnly} label={name}>
        <Refused setting={field} draft={draft} lines={lines} />
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
        <div className={css.default}>
          <Labelled label={t("kind")} error={draft.error("kind")}>
            <Select
              value={spec.kind}
              onChange={(kind) => draft.change({ kind, choices: kind === "choice" ? [choiceOf(1)] : undefined })}
              options={fieldKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
            />
          </Labelled>
        </div>
        {spec.kind === "choice" && (
          <Choices value={spec.choices ?? []} readOnly={readOnly} error={draft.error} onChange={(choices) => draft.change({ choices })} />
        )}
        {where.length > 0 && <p className="muted s13">{t("usedBy", { where: where.join(", ") })}</p>}
      </Editor>
    </div>
  );
}

interface ChoicesProps {
  value: readonly Choice[];
  readOnly: boolean;
  error: (pointer: string) => string | undefined;
  onChange: (value: Choice[]) => void;
}

function Choices({ value, readOnly, error, onChange }: ChoicesProps) {
  const t = useWords(words);
  const set = (at: number, part: Partial<Choice>) => onChange(value.map((one, place) => (place === at ? { ...one, ...part } : one)));
  const next = () => {
    let n = value.length + 1;
    while (value.some((one) => one.key === `v${n}`)) n += 1;
    onChange([...value, choiceOf(n)]);
  };
  return (
    <section className={editor.block} aria-label={t("choices")}>
      <h3>{t("choices")}</h3>
      {error("choices") && <p className={editor.wrong}>{error("choices")}</p>}
      <ol className={css.choices}>
        {value.map((choice, at) => {
          const n = at + 1;
          const wrong = ["key", "name/ru", "name/en"].flatMap((member) => error(`choices/${at}/${member}`) ?? []);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: its key is being typed.
            <li key={at}>
              <div className={css.choice}>
                <Input
                  size="sm"
                  aria-label={t("choice.key", { n })}
                  value={choice.key}
                  onChange={(event) => set(at, { key: event.target.value })}
                />
                {(["ru", "en"] as const).map((language) => (
                  <Input
                    key={language}
                    size="sm"
                    aria-label={t(`choice.${language}`, { n })}
                    value={choice.name[language] ?? ""}
                    onChange={(event) => set(at, { name: { ...choice.name, [language]: event.target.value } })}
                  />
                ))}
                <IconButton
                  size="xs"
                  icon={Trash2}
                  label={t("choice.remove", { n })}
                  onClick={() => onChange(value.filter((_one, place) => place !== at))}
                />
              </div>
              {wrong.map((one) => (
                <p key={one} className={editor.wrong}>
                  {one}
                </p>
              ))}
            </li>
          );
        })}
      </ol>
      {!readOnly && (
        <Button size="xs" kind="ghost" icon={Plus} onClick={next}>
          {t("choice.add")}
        </Button>
      )}
    </section>
  );
}
