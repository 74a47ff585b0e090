import type { Channel } from "@manydesk/kit/api/agent";
import { Button } from "@manydesk/kit/ui/Button";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { Popover } from "@manydesk/kit/ui/Popover";
import { Select } from "@manydesk/kit/ui/Select";
import { useWords } from "@manydesk/kit/words/useWords";
import { Plus } from "lucide-react";
import { type FormEvent, useState } from "react";
import { type Condition, readFilter, withCondition } from "./filterText.ts";
import css from "./Queue.module.css";
import words from "./words.json";

const channels: Channel[] = ["mail", "portal", "phone", "form", "api"];

interface Props {
  filter: string;
  onChange: (filter: string) => void;
  /** Asks for conditions that the few fields here cannot say. */
  onMore: () => void;
}

/** The usual conditions by hand; the address keeps them as text. */
export function FilterMenu({ filter, onChange, onMore }: Props) {
  const t = useWords(words);
  return (
    <Popover
      label={t("filter")}
      button={
        <Button size="xs" kind="ghost" icon={Plus}>
          {t("filter")}
        </Button>
      }
    >
      {(close) => (
        <FilterForm
          filter={filter}
          onChange={(next) => {
            close();
            onChange(next);
          }}
          onMore={() => {
            close();
            onMore();
          }}
        />
      )}
    </Popover>
  );
}

function FilterForm({ filter, onChange, onMore }: Props) {
  const t = useWords(words);
  const [draft, setDraft] = useState(filter);
  const value = (field: string): string => readFilter(draft).find((c) => c.field === field)?.value ?? "";
  const set = (field: string, operator: Condition["operator"], next: string) =>
    setDraft(withCondition(draft, { field, operator, value: next }));
  const any = { value: "", label: t("filter.any") };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onChange(draft);
  };
  return (
    <form className={css.filter} onSubmit={submit}>
      <Field label={t("filter.words")}>
        <Input size="sm" value={value("words")} onChange={(event) => set("words", ":", event.target.value)} />
      </Field>
      <Field label={t("filter.priority")}>
        <Select
          size="sm"
          value={value("priority")}
          onChange={(next) => set("priority", "<=", next)}
          options={[any, ...["1", "2", "3"].map((n) => ({ value: n, label: t("filter.upTo", { n }) }))]}
        />
      </Field>
      <Field label={t("filter.status")}>
        <Select
          size="sm"
          value={value("status")}
          onChange={(next) => set("status", ":", next)}
          options={[any, ...(["open", "in_progress", "pending"] as const).map((key) => ({ value: key, label: t(`status.${key}`) }))]}
        />
      </Field>
      <Field label={t("filter.assignee")}>
        <Select
          size="sm"
          value={value("assignee")}
          onChange={(next) => set("assignee", ":", next)}
          options={[any, { value: "me", label: t("filter.me") }, { value: "none", label: t("filter.nobody") }]}
        />
      </Field>
      <Field label={t("filter.channel")}>
        <Select
          size="sm"
          value={value("channel")}
          onChange={(next) => set("channel", ":", next)}
          options={[any, ...channels.map((key) => ({ value: key as string, label: t(`channel.${key}`) }))]}
        />
      </Field>
      <Button kind="ghost" onClick={onMore}>
        {t("conditions.more")}
      </Button>
      <footer>
        <Button kind="ghost" onClick={() => onChange("")}>
          {t("filter.clear")}
        </Button>
        <Button type="submit" kind="primary">
          {t("filter.apply")}
        </Button>
      </footer>
    </form>
  );
}

/** A condition in words, for its chip. Unknown ones are shown as they were written. */
export function useConditionText(): (condition: Condition) => string {
  const t = useWords(words);
  return ({ field, operator, value }) => {
    if (field === "words") return `«${value}»`;
    if (field === "priority") return operator === "<=" ? t("filter.upTo", { n: value }) : `P${value}`;
    if (field === "status" && (value === "open" || value === "in_progress" || value === "pending")) return t(`status.${value}`);
    if (field === "assignee")
      return `${t("filter.assignee")}: ${value === "me" ? t("filter.me") : value === "none" ? t("filter.nobody") : value}`;
    if (field === "channel" && channels.includes(value as Channel)) return t(`channel.${value as Channel}`);
    if (field === "type") return `${t("filter.type")}: ${value}`;
    return `${field}${operator}${value}`;
  };
}
