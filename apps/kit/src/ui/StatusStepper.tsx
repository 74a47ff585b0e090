import { Check } from "lucide-react";
import { cx } from "../look/cx.ts";
import { useFormats } from "../words/format.ts";
import { useWords } from "../words/useWords.ts";
import { Icon } from "./Icon.tsx";
import css from "./StatusStepper.module.css";
import words from "./words.json";

export interface StatusStepperProps {
  steps: readonly { key: string; name: string; at: string | null }[];
  /** 1 to 5: the step that is reached. */
  step: number;
  /** We wait for the client: the current step turns amber. */
  waiting?: boolean;
  /** The last step is over: it gets a tick instead of a dot. */
  finished?: boolean;
}

/** The way of a request: what is done has a tick and a time. */
export function StatusStepper({ steps, step, waiting, finished }: StatusStepperProps) {
  const f = useFormats();
  const t = useWords(words);
  return (
    <ol className={css.steps} aria-label={t("steps")}>
      {steps.map((one, index) => {
        const state = index + 1 < step || (finished && index + 1 === step) ? "done" : index + 1 === step ? "now" : "later";
        return (
          <li
            key={one.key}
            className={cx(css.step, css[state], state === "now" && waiting && css.waiting)}
            aria-current={state === "now" ? "step" : undefined}
          >
            <span className={css.disc}>{state === "done" && <Icon of={Check} size={14} />}</span>
            <span className={css.name}>{one.name}</span>
            {one.at && <span className={css.at}>{f.recent(one.at)}</span>}
            {state === "done" && <span className="vh">{t("stepDone")}</span>}
          </li>
        );
      })}
    </ol>
  );
}

/** The same way as five short lines, for a row of a list. The words beside it say the rest. */
export function StepBar({ step, waiting }: { step: number; waiting?: boolean }) {
  const t = useWords(words);
  return (
    <span className={css.bar} role="img" aria-label={t("stepOf", { step })}>
      {[1, 2, 3, 4, 5].map((one) => (
        <i key={one} className={cx(one <= step && (waiting && one === step ? css.hold : css.full))} />
      ))}
    </span>
  );
}
