import { Badge } from "@manydesk/kit/ui/Badge";
import { Button, IconButton } from "@manydesk/kit/ui/Button";
import { Checkbox } from "@manydesk/kit/ui/Choice";
import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { nameIn } from "../../../parts/nameIn.ts";
import { TicketCondition } from "../../../parts/TicketCondition.tsx";
import editor from "../drafting/Editor.module.css";
import { latest } from "../drafting/setting.ts";
import { DefaultAnswer } from "./DefaultAnswer.tsx";
import { type Field, formWords, type QuestionSpec } from "./spec.ts";
import css from "./Types.module.css";
import words from "./words.json";

interface Props {
  tenant: string;
  question: QuestionSpec;
  place: { at: number; of: number };
  /** Missing when it is gone. */
  field: Field | undefined;
  /** The other questions of the form, which its condition may ask about. */
  others: readonly string[];
  problem: unknown;
  error: (member: string) => string | undefined;
  onChange: (part: Partial<QuestionSpec>) => void;
  onMove: (to: number) => void;
  onRemove: () => void;
  onField: (key: string) => void;
}

/** One question of a form: whom it is asked, when, and what it begins with. */
export function Question({ tenant, question, place, field, others, problem, error, onChange, onMove, onRemove, onField }: Props) {
  const t = useWords(words);
  const language = useLanguage();
  const [asking, setAsking] = useState(question.when !== undefined);
  const spec = field && latest(field);
  const name = spec ? nameIn(spec.name, language, question.field) : question.field;
  const { at, of } = place;
  const wrong = ["field", "default", "when"].flatMap((member) => error(member) ?? []);
  const known = [...formWords, ...others.map((key) => `fields.${key}`)];
  return (
    <li className={css.question}>
      <div className={css.head}>
        <b>{name}</b>
        {spec && <Badge>{t(`kind.${spec.kind}`)}</Badge>}
        <span className={css.acts}>
          {field && (
            <Button size="xs" kind="ghost" onClick={() => onField(field.key)}>
              {t("question.open")}
            </Button>
          )}
          <IconButton size="xs" icon={ArrowUp} label={t("question.up", { name })} disabled={at === 0} onClick={() => onMove(at - 1)} />
          <IconButton
            size="xs"
            icon={ArrowDown}
            label={t("question.down", { name })}
            disabled={at === of - 1}
            onClick={() => onMove(at + 1)}
          />
          <IconButton size="xs" icon={Trash2} label={t("question.remove", { name })} onClick={onRemove} />
        </span>
      </div>
      {field?.version === 0 && <p className="muted s12">{t("question.unpublished")}</p>}
      <div className={css.marks}>
        <Checkbox label={t("required")} checked={Boolean(question.required)} onChange={(on) => onChange({ required: on || undefined })} />
        <Checkbox
          label={t("internalOnly")}
          checked={Boolean(question.internal)}
          onChange={(on) => onChange({ internal: on || undefined })}
        />
      </div>
      {spec && <DefaultAnswer field={spec} value={question.default} onChange={(value) => onChange({ default: value })} />}
      {asking ? (
        <div className={css.when}>
          <span className="muted s12">{t("when")}</span>
          <TicketCondition
            tenant={tenant}
            label={t("when.of", { name })}
            value={question.when}
            onChange={(when) => onChange({ when })}
            problem={problem}
            at={`/body/spec/fields/${at}/when`}
            only={known}
          />
          {!question.when && <span className="muted s12">{t("when.always")}</span>}
          {question.when && (
            <Button
              size="xs"
              kind="ghost"
              onClick={() => {
                onChange({ when: undefined });
                setAsking(false);
              }}
            >
              {t("when.clear")}
            </Button>
          )}
        </div>
      ) : (
        <span>
          <Button size="xs" kind="ghost" icon={Plus} aria-label={t("when.for", { name })} onClick={() => setAsking(true)}>
            {t("when")}
          </Button>
        </span>
      )}
      {wrong.map((one) => (
        <p key={one} className={editor.wrong}>
          {one}
        </p>
      ))}
    </li>
  );
}
