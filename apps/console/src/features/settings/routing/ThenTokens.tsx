import { Button, IconButton } from "@manydesk/kit/ui/Button";
import { Menu } from "@manydesk/kit/ui/Menu";
import type { Option } from "@manydesk/kit/ui/Select";
import { TokenSelect, TokenSelectMany, TokenTags } from "@manydesk/kit/ui/Token";
import { useWords } from "@manydesk/kit/words/useWords";
import { Plus, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { strategies } from "../../../parts/routing.ts";
import { withThen } from "./edit.ts";
import css from "./Routing.module.css";
import type { Then } from "./spec.ts";
import { labelOf, type RouteNames } from "./useRouteNames.ts";
import words from "./words.json";

interface Props {
  then: Then;
  names: RouteNames;
  onChange: (then: Then) => void;
  /** What the server says of a part: `error("group")`. */
  error: (part: string) => string | undefined;
}

const extras = ["person", "line", "vendor", "priority", "process", "tags", "notify", "skills"] as const;
type Extra = (typeof extras)[number];

/** What a rule does, as the second half of its sentence: «то группа … ответственный …». */
export function ThenTokens({ then, names, onChange, error }: Props) {
  const t = useWords(words);
  const [opened, setOpened] = useState<readonly Extra[]>([]);
  const set = (part: Partial<Then>) => onChange(withThen(then, part));
  const said = (part: Extra) => then[part] !== undefined || opened.includes(part);
  const remove = (part: Extra) => {
    setOpened(opened.filter((one) => one !== part));
    set({ [part]: undefined });
  };
  const problems = ["group", "strategy", ...extras].flatMap((part) => error(part) ?? []);
  const common = (part: string) => ({ invalid: error(part) !== undefined });
  const extra = (part: Extra, control: ReactNode) =>
    said(part) && (
      <span key={part} className={css.part}>
        <span className={css.word}>{t(part)}</span>
        {control}
        <IconButton size="xs" icon={X} label={t("then.remove", { what: t(part) })} onClick={() => remove(part)} />
      </span>
    );
  return (
    <div className={css.then}>
      <span className={css.lead}>{t("then")}</span>
      <div className={css.parts}>
        <span className={css.part}>
          <span className={css.word}>{t("group")}</span>
          <TokenSelect
            label={t("group")}
            options={among([{ value: "", label: t("as.is") }, ...names.groups], then.group, t("gone", { name: then.group ?? "" }))}
            value={then.group ?? ""}
            onChange={(group) => set({ group })}
            {...common("group")}
          />
        </span>
        <span className={css.part}>
          <span className={css.word}>{t("strategy")}</span>
          <TokenSelect
            label={t("strategy")}
            options={strategies.map((one) => ({ value: one, label: t(`strategy.${one}`) }))}
            value={then.strategy ?? "manual"}
            onChange={(next) => set({ strategy: strategies.find((one) => one === next) })}
            {...common("strategy")}
          />
        </span>
        {extra(
          "person",
          <One
            label={t("person")}
            options={names.people}
            value={then.person}
            onChange={(person) => set({ person })}
            bad={error("person")}
          />,
        )}
        {extra(
          "vendor",
          <One
            label={t("vendor")}
            options={names.vendors}
            value={then.vendor}
            onChange={(vendor) => set({ vendor })}
            bad={error("vendor")}
          />,
        )}
        {extra(
          "line",
          <TokenSelect
            label={t("line")}
            options={["1", "2", "3"].map((n) => ({ value: n, label: t("to.line", { n }) }))}
            value={then.line ? String(then.line) : ""}
            onChange={(n) => set({ line: Number(n) })}
            {...common("line")}
          />,
        )}
        {extra(
          "priority",
          <TokenSelect
            label={t("priority")}
            options={names.priorities}
            value={then.priority ? String(then.priority) : ""}
            onChange={(n) => set({ priority: Number(n) })}
            {...common("priority")}
          />,
        )}
        {extra(
          "process",
          <One
            label={t("process")}
            options={names.processes}
            value={then.process}
            onChange={(process) => set({ process })}
            bad={error("process")}
          />,
        )}
        {extra(
          "tags",
          <TokenTags label={t("tags")} name={t("tags")} value={then.tags ?? []} onChange={(tags) => set({ tags })} {...common("tags")} />,
        )}
        {extra(
          "notify",
          <TokenSelectMany
            label={t("notify")}
            options={names.roles}
            value={then.notify ?? []}
            onChange={(notify) => set({ notify })}
            {...common("notify")}
          />,
        )}
        {extra("skills", <Skills then={then} names={names} onChange={(skills) => set({ skills })} bad={error("skills")} />)}
        {extras.some((part) => !said(part)) && (
          <Menu
            button={
              <Button size="xs" kind="ghost" icon={Plus}>
                {t("then.add")}
              </Button>
            }
            items={extras.filter((part) => !said(part)).map((part) => ({ label: t(part), onSelect: () => setOpened([...opened, part]) }))}
          />
        )}
        {problems.map((problem) => (
          <p key={problem} className={css.wrong}>
            {problem}
          </p>
        ))}
      </div>
    </div>
  );
}

interface OneProps {
  label: string;
  options: readonly Option[];
  value: string | undefined;
  onChange: (value: string) => void;
  bad: string | undefined;
}

function One({ label, options, value, onChange, bad }: OneProps) {
  const t = useWords(words);
  return (
    <TokenSelect
      label={label}
      options={among(options, value, t("gone", { name: label }))}
      value={value ?? ""}
      onChange={onChange}
      invalid={bad !== undefined}
    />
  );
}

function Skills({
  then,
  names,
  onChange,
  bad,
}: {
  then: Then;
  names: RouteNames;
  onChange: (skills: NonNullable<Then["skills"]>) => void;
  bad: string | undefined;
}) {
  const t = useWords(words);
  const skills = then.skills ?? [];
  return (
    <>
      <TokenSelectMany
        label={t("skills")}
        options={names.skills}
        value={skills.map((one) => one.key)}
        onChange={(keys) => onChange(keys.map((key) => skills.find((one) => one.key === key) ?? { key, level: 1 }))}
        invalid={bad !== undefined}
      />
      {skills.map((skill) => {
        const name = labelOf(names.skills, skill.key);
        return (
          <TokenSelect
            key={skill.key}
            label={t("skill.level", { name })}
            look="op"
            options={["1", "2", "3"].map((n) => ({ value: n, label: t("skill.atLeast", { name, n }) }))}
            value={String(skill.level)}
            onChange={(n) => onChange(skills.map((one) => (one.key === skill.key ? { ...one, level: Number(n) } : one)))}
          />
        );
      })}
    </>
  );
}

// What is named but gone is shown as such, so that it can be replaced.
function among(options: readonly Option[], value: string | undefined, gone: string): Option[] {
  const known = !value || options.some((one) => one.value === value);
  return known ? [...options] : [{ value, label: gone }, ...options];
}
