import type { Tree } from "@manydesk/kit/conditions/tree";
import { useWords } from "@manydesk/kit/words/useWords";
import { TicketCondition } from "../../../parts/TicketCondition.tsx";
import css from "./Sla.module.css";
import words from "./words.json";

interface Props {
  tenant: string;
  value: Tree | undefined;
  onChange: (when: Tree | undefined) => void;
  /** What the server refused in the whole setting; only what is of the condition is shown. */
  problem: unknown;
}

/** For which tickets a rule of the clock is. */
export function When(props: Props) {
  const t = useWords(words);
  return (
    <div className={css.when}>
      <span className={css.label}>{t("when")}</span>
      <TicketCondition {...props} label={t("when")} at="/body/spec/when" />
    </div>
  );
}
