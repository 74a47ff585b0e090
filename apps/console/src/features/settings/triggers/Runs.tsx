import { cx } from "@manydesk/kit/look/cx";
import { Checkbox } from "@manydesk/kit/ui/Choice";
import { Icon } from "@manydesk/kit/ui/Icon";
import { LoadMore } from "@manydesk/kit/ui/LoadMore";
import { Skeleton } from "@manydesk/kit/ui/Skeleton";
import { useFormats } from "@manydesk/kit/words/format";
import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowRight, Check, X } from "lucide-react";
import { useState } from "react";
import { nameIn } from "../../../parts/nameIn.ts";
import { Refusal } from "../../../parts/Refusal.tsx";
import { latest } from "../drafting/setting.ts";
import { runsQuery, type Trigger } from "./calls.ts";
import { kindText, onText, type SayTrigger } from "./say.ts";
import type { Run } from "./spec.ts";
import css from "./Triggers.module.css";
import words from "./words.json";

interface Props {
  tenant: string;
  trigger: string;
  find: (key: string) => Trigger | undefined;
}

/** Every look of a trigger at a ticket: whether it fired, and if not, at what it stopped. */
export function Runs({ tenant, trigger, find }: Props) {
  const t = useWords(words);
  const runs = useInfiniteQuery(runsQuery(tenant, trigger));
  const [only, setOnly] = useState(false);
  const all = runs.data?.pages.flatMap((page) => page.items) ?? [];
  const shown = only ? all.filter((run) => run.fired) : all;
  return (
    <section>
      <h3>
        {t("runs")} <small>{t("runs.lead")}</small>
      </h3>
      {runs.error && !runs.data ? (
        <Refusal error={runs.error} onRetry={() => runs.refetch()} busy={runs.isFetching} />
      ) : !runs.data ? (
        <Skeleton lines={5} />
      ) : all.length === 0 ? (
        <p className="muted s13">{t("runs.none")}</p>
      ) : (
        <>
          <Checkbox label={t("runs.only")} checked={only} onChange={setOnly} />
          <ul className={css.runs}>
            {shown.map((run) => (
              <RunLine key={run.id} tenant={tenant} run={run} find={find} />
            ))}
          </ul>
          <LoadMore more={runs.hasNextPage} busy={runs.isFetchingNextPage} onMore={() => void runs.fetchNextPage()} />
        </>
      )}
    </section>
  );
}

function RunLine({ tenant, run, find }: { tenant: string; run: Run; find: Props["find"] }) {
  const t = useWords(words);
  const f = useFormats();
  const failing = run.sentences.find((sentence) => !sentence.matched);
  const because = run.why ?? (failing && t("run.because", { what: failing.text }));
  return (
    <li className={cx(run.fired && css.fired)}>
      <Icon of={run.fired ? Check : X} />
      <div>
        <p className={css.runHead}>
          <Link to="/t/$tenant/tickets/$ref" params={{ tenant, ref: run.ticket.ref }} className={css.ref}>
            {run.ticket.ref}
          </Link>
          <b>{t(run.fired ? "run.fired" : "run.quiet")}</b>
          <time dateTime={run.at}>{f.moment(run.at)}</time>
        </p>
        {!run.fired && because && <p>{because}</p>}
        {run.chain.length > 0 && <Chain chain={run.chain} find={find} />}
        <details>
          <summary>{t("run.details")}</summary>
          <p className="muted">
            {run.ticket.subject} · {onText(run.on, t)} · {t("run.version", { n: run.version })}
          </p>
          <ul className={css.sentences}>
            {run.sentences.map((sentence) => (
              <li key={sentence.text} className={cx(sentence.matched && css.good)}>
                <Icon of={sentence.matched ? Check : X} size={12} />
                <span>
                  {sentence.text}
                  {sentence.actual !== null && ` (${t("run.actual", { value: sentence.actual })})`}
                  <span className="vh">: {t(sentence.matched ? "run.holds" : "run.fails")}</span>
                </span>
              </li>
            ))}
            {run.actions.map((deed, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a deed has no other name than its place.
              <li key={at} className={cx(deed.done && css.good)}>
                <Icon of={deed.done ? Check : X} size={12} />
                <span>
                  {deedText(deed, t)}: {deed.done ? t("run.done") : t("run.notDone", { why: deed.why ?? "—" })}
                </span>
              </li>
            ))}
          </ul>
        </details>
      </div>
    </li>
  );
}

/** Which triggers led here: each fires in a chain once. */
function Chain({ chain, find }: { chain: readonly string[]; find: Props["find"] }) {
  const t = useWords(words);
  const language = useLanguage();
  return (
    <p className={css.chain}>
      <span className="muted">{t("run.chain")}:</span>
      {chain.map((key) => {
        const one = find(key);
        return (
          <span key={key}>
            {one ? nameIn(latest(one).name, language, key) : key} <Icon of={ArrowRight} size={12} />
          </span>
        );
      })}
      <b>{t("run.here")}</b>
    </p>
  );
}

/** «метки»; of a macro «макрос «Выезд», метки». */
function deedText(deed: Run["actions"][number], t: SayTrigger): string {
  const kind = kindText(deed.kind, t);
  if (!deed.macro) return kind;
  const macro = t("run.macro", { name: deed.macro.name });
  return deed.kind === "apply_macro" ? macro : `${macro}, ${kind}`;
}
