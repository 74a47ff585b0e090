import { Button } from "@manydesk/kit/ui/Button";
import { Checkbox } from "@manydesk/kit/ui/Choice";
import { Field } from "@manydesk/kit/ui/Field";
import { Select } from "@manydesk/kit/ui/Select";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { deskQuery } from "../../../parts/deskQuery.ts";
import css from "./Sla.module.css";
import { sentenceOf } from "./sentence.ts";
import type { Tree } from "./spec.ts";
import { useNames } from "./useNames.ts";
import { fromSimple, type Simple, toSimple } from "./when.ts";
import words from "./words.json";

interface Props {
  tenant: string;
  value: Tree | undefined;
  onChange: (when: Tree | undefined) => void;
  error?: string;
}

/** For which tickets: type, urgency, whether the client is a VIP. A richer rule is shown as its sentence and kept. */
export function When({ tenant, value, onChange, error }: Props) {
  const t = useWords(words);
  const names = useNames(tenant);
  const { data: desk } = useQuery(deskQuery(tenant));
  const simple = toSimple(value);
  if (!simple) {
    return (
      <div className={css.kept}>
        <p>
          <span className="muted">{t("rule.if")}</span> {sentenceOf(value, t, names)}
        </p>
        <Button size="xs" onClick={() => onChange(undefined)}>
          {t("when.anew")}
        </Button>
        {error && <span className={css.wrong}>{error}</span>}
      </div>
    );
  }
  const set = (part: Partial<Simple>) => onChange(fromSimple({ ...simple, ...part }));
  return (
    <>
      <div className={css.pair}>
        <Field label={t("field.type")} error={error}>
          <Select
            value={simple.type}
            onChange={(type) => set({ type })}
            options={[
              { value: "", label: t("when.anyType") },
              ...(desk?.settings.types ?? []).map((one) => ({ value: one.key, label: one.name })),
            ]}
          />
        </Field>
        <Field label={t("priority")}>
          <Select
            value={simple.priority}
            onChange={(priority) => set({ priority })}
            options={[
              { value: "", label: t("when.anyPriority") },
              ...["1", "2", "3"].map((n) => ({ value: n, label: t("when.atLeast", { n }) })),
            ]}
          />
        </Field>
      </div>
      <Checkbox label={t("when.vip")} checked={simple.vip} onChange={(vip) => set({ vip })} />
    </>
  );
}
