import { Checkbox } from "@manydesk/kit/ui/Choice";
import { Kbd } from "@manydesk/kit/ui/Kbd";
import { useWords } from "@manydesk/kit/words/useWords";
import { TicketCondition } from "../../../parts/TicketCondition.tsx";
import type { Draft } from "../drafting/useDrafted.ts";
import css from "./Routing.module.css";
import type { Rule, Rules } from "./spec.ts";
import { ThenTokens } from "./ThenTokens.tsx";
import type { RouteNames } from "./useRouteNames.ts";
import words from "./words.json";

interface Props {
  tenant: string;
  rule: Rule;
  name: string;
  index: number;
  warnings: readonly string[];
  draft: Draft<Rules>;
  names: RouteNames;
  readOnly: boolean;
  onChange: (part: Partial<Rule>) => void;
}

/** «Если … и … то …»: the sentence of a rule, each part a token. */
export function RuleBody({ tenant, rule, name, index, warnings, draft, names, readOnly, onChange }: Props) {
  const t = useWords(words);
  const at = `rules/${index}`;
  const own = ["", "/name", "/key", "/then"].flatMap((part) => draft.error(`${at}${part}`) ?? []);
  return (
    <fieldset className={css.body} disabled={readOnly}>
      <legend className="vh">{name}</legend>
      {[...warnings, ...own].map((one) => (
        <p key={one} className={css.wrong}>
          {one}
        </p>
      ))}
      <TicketCondition
        tenant={tenant}
        label={t("conditions", { name })}
        value={rule.when}
        onChange={(when) => onChange({ when })}
        problem={draft.problem}
        at={`/body/spec/${at}/when`}
      />
      <section aria-label={t("then.of", { name })}>
        <ThenTokens
          then={rule.then}
          names={names}
          onChange={(then) => onChange({ then })}
          error={(part) => draft.error(`${at}/then/${part}`)}
        />
      </section>
      <div className={css.foot}>
        <Checkbox label={t("stop")} checked={rule.stop} onChange={(stop) => onChange({ stop })} />
        <Checkbox label={t("on")} checked={!rule.off} onChange={(on) => onChange({ off: !on })} />
        {!readOnly && (
          <span className={css.hints} aria-hidden="true">
            <Kbd combo="Alt+ArrowUp" />
            <Kbd combo="ArrowDown" /> {t("hint.move")}
            <Kbd combo="KeyD" /> {t("hint.copy")}
            <Kbd combo="Backspace" /> {t("hint.archive")}
          </span>
        )}
      </div>
    </fieldset>
  );
}
