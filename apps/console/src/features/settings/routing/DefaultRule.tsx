import { Icon } from "@manydesk/kit/ui/Icon";
import { TokenSelect } from "@manydesk/kit/ui/Token";
import { useWords } from "@manydesk/kit/words/useWords";
import { Lock } from "lucide-react";
import { strategies } from "../../../parts/routing.ts";
import { withThen } from "./edit.ts";
import css from "./Routing.module.css";
import type { Then } from "./spec.ts";
import { labelOf, type RouteNames } from "./useRouteNames.ts";
import words from "./words.json";

interface Props {
  then: Then | undefined;
  names: RouteNames;
  readOnly: boolean;
  problems: readonly string[];
  onChange: (then: Then) => void;
}

/** What happens when no rule fits. It is always there, always last, and always names a group. */
export function DefaultRule({ then = {}, names, readOnly, problems, onChange }: Props) {
  const t = useWords(words);
  const group = then.group ?? "";
  const gone = group !== "" && !names.groups.some((one) => one.value === group);
  const options = gone ? [{ value: group, label: t("gone", { name: group }) }, ...names.groups] : names.groups;
  return (
    <section className={css.default} aria-label={t("default")}>
      <Icon of={Lock} />
      <span>{t("default")}</span>
      <span className={readOnly ? css.word : "vh"}>{t("group")}</span>
      {readOnly ? (
        <b>«{labelOf(names.groups, group)}»</b>
      ) : (
        <>
          <TokenSelect
            label={t("group")}
            options={options}
            value={group}
            onChange={(next) => onChange(withThen(then, { group: next }))}
            invalid={group === "" || gone || problems.length > 0}
          />
          <TokenSelect
            label={t("strategy")}
            look="op"
            options={strategies.map((one) => ({ value: one, label: t(`strategy.${one}`) }))}
            value={then.strategy ?? "manual"}
            onChange={(next) => onChange(withThen(then, { strategy: strategies.find((one) => one === next) }))}
          />
        </>
      )}
      <span>{t("default.text")}</span>
      <span className={css.must}>{t("default.must")}</span>
      {(problems.length > 0 || group === "") && <p className={css.wrong}>{problems.length > 0 ? problems.join(" ") : t("default.none")}</p>}
    </section>
  );
}
