import { MultiCombobox } from "@manydesk/kit/ui/Combobox";
import { Input, Textarea } from "@manydesk/kit/ui/Input";
import { type Option, Select } from "@manydesk/kit/ui/Select";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { deskQuery } from "../../../parts/deskQuery.ts";
import { conditionFieldsQuery } from "../../../parts/TicketCondition.tsx";
import { labelOf, type RouteNames } from "../routing/useRouteNames.ts";
import { SetFields } from "./SetFields.tsx";
import type { Action } from "./spec.ts";
import css from "./Triggers.module.css";
import words from "./words.json";

interface Props {
  tenant: string;
  action: Action;
  names: RouteNames;
  onChange: (part: Partial<Action>) => void;
}

/** What an action of one kind has to be told. */
export function ActionFields({ tenant, action, names, onChange }: Props) {
  const t = useWords(words);
  const { data: desk } = useQuery(deskQuery(tenant));
  const { data: fields } = useQuery(conditionFieldsQuery(tenant));
  switch (action.kind) {
    case "set":
      return (
        <SetFields action={action} fields={fields?.items ?? []} types={desk?.settings.types ?? []} names={names} onChange={onChange} />
      );
    case "tag":
      return (
        <>
          <Tags label={t("add")} value={action.add ?? []} onChange={(add) => onChange({ add })} />
          <Tags label={t("remove")} value={action.remove ?? []} onChange={(remove) => onChange({ remove })} />
        </>
      );
    case "assign":
      return <Place action={action} names={names} onChange={onChange} nowhere={t("group.same")} />;
    case "create_task":
      return (
        <>
          <Texts action={action} title onChange={onChange} />
          <Place action={action} names={names} onChange={onChange} nowhere={t("group.none")} />
          <Hours label={t("due")} action={action} onChange={onChange} />
        </>
      );
    case "apply_macro":
      return <MacroPick action={action} names={names} onChange={onChange} />;
    case "status": {
      const statuses = desk?.settings.workflow.statuses ?? [];
      const pending = statuses.find((one) => one.key === action.to)?.category === "pending";
      return (
        <>
          <Select
            size="sm"
            aria-label={t("status")}
            value={action.to ?? ""}
            onChange={(to) =>
              onChange({ to, until_hours: statuses.find((one) => one.key === to)?.category === "pending" ? 24 : undefined })
            }
            options={statuses.map((one) => ({ value: one.key, label: one.name }))}
            placeholder={t("status")}
          />
          {pending && <Hours label={t("until")} action={action} onChange={onChange} />}
        </>
      );
    }
    case "note":
    case "reply":
      return <Texts action={action} onChange={onChange} />;
    case "tell":
      return <Whom action={action} names={names} onChange={onChange} />;
    case "webhook":
      return (
        <Input
          size="sm"
          type="url"
          aria-label={t("url")}
          placeholder="https://"
          value={action.url ?? ""}
          onChange={(event) => onChange({ url: event.target.value })}
        />
      );
    case "route":
      return null;
  }
}

type Part = Pick<Props, "action" | "onChange">;

/** A text in both languages: some lines, or the one of a title. */
function Texts({ action, title, onChange }: Part & { title?: boolean }) {
  const t = useWords(words);
  return (
    <div className={css.texts}>
      {(["ru", "en"] as const).map((language) => {
        const label = t(title ? `title.${language}` : `text.${language}`);
        const value = action.text?.[language] ?? "";
        const write = (text: string) => onChange({ text: { ...action.text, [language]: text } });
        return title ? (
          <Input
            key={language}
            size="sm"
            maxLength={200}
            aria-label={label}
            placeholder={label}
            value={value}
            onChange={(event) => write(event.target.value)}
          />
        ) : (
          <Textarea
            key={language}
            rows={2}
            aria-label={label}
            placeholder={label}
            value={value}
            onChange={(event) => write(event.target.value)}
          />
        );
      })}
      <p className="muted s12">{t("text.hint")}</p>
    </div>
  );
}

/** A group and somebody of it. */
function Place({ action, names, nowhere, onChange }: Part & Pick<Props, "names"> & { nowhere: string }) {
  const t = useWords(words);
  return (
    <>
      <Select
        size="sm"
        aria-label={t("group")}
        value={action.group ?? ""}
        onChange={(group) => onChange({ group: group || undefined })}
        options={[{ value: "", label: nowhere }, ...names.groups]}
      />
      <Select
        size="sm"
        aria-label={t("person")}
        value={action.person ?? ""}
        onChange={(person) => onChange({ person: person || undefined })}
        options={[{ value: "", label: t("person.none") }, ...names.people]}
      />
    </>
  );
}

function Hours({ label, action, onChange }: Part & { label: string }) {
  const t = useWords(words);
  return (
    <Input
      size="sm"
      type="number"
      min={1}
      aria-label={label}
      placeholder={label}
      value={action.until_hours ?? ""}
      end={<span className="muted">{t("hours")}</span>}
      onChange={(event) => onChange({ until_hours: Number(event.target.value) || undefined })}
    />
  );
}

/** One of the tenant's macros; one that is gone is shown by its key. */
function MacroPick({ action, names, onChange }: Part & Pick<Props, "names">) {
  const t = useWords(words);
  const key = action.macro ?? "";
  const gone = key && !names.macros.some((one) => one.value === key);
  return (
    <Select
      size="sm"
      aria-label={t("macro")}
      value={key}
      onChange={(macro) => onChange({ macro })}
      options={gone ? [{ value: key, label: t("macro.gone", { key }) }, ...names.macros] : names.macros}
      placeholder={t("macro")}
    />
  );
}

function Tags({ label, value, onChange }: { label: string; value: readonly string[]; onChange: (value: string[]) => void }) {
  return (
    <MultiCombobox
      aria-label={label}
      placeholder={label}
      value={value.map((tag) => ({ value: tag, label: tag }))}
      options={[]}
      create={(text) => ({ value: text.toLowerCase(), label: text.toLowerCase() })}
      onChange={(next) => onChange(next.map((one) => one.value))}
    />
  );
}

const assignee = "assignee";

/** Roles, people and the assignee in one box; what each is stands before its key. */
function Whom({ action, names, onChange }: Omit<Props, "tenant">) {
  const t = useWords(words);
  const options: Option[] = [
    { value: assignee, label: t("whom.assignee") },
    ...names.roles.map((one) => ({ value: `role ${one.value}`, label: one.label })),
    ...names.people.map((one) => ({ value: `person ${one.value}`, label: one.label })),
  ];
  const chosen = [
    ...(action.assignee ? [assignee] : []),
    ...(action.roles ?? []).map((key) => `role ${key}`),
    ...(action.people ?? []).map((id) => `person ${id}`),
  ];
  const of = (kind: string, values: readonly Option[]) =>
    values.flatMap((one) => (one.value.startsWith(`${kind} `) ? [one.value.slice(kind.length + 1)] : []));
  return (
    <MultiCombobox
      aria-label={t("whom")}
      placeholder={t("whom")}
      options={options}
      value={chosen.map((value) => ({ value, label: labelOf(options, value) }))}
      onChange={(next) =>
        onChange({ assignee: next.some((one) => one.value === assignee), roles: of("role", next), people: of("person", next) })
      }
    />
  );
}
