import { Button } from "@manydesk/kit/ui/Button";
import { Dialog } from "@manydesk/kit/ui/Dialog";
import { Icon } from "@manydesk/kit/ui/Icon";
import { Skeleton } from "@manydesk/kit/ui/Skeleton";
import { useFormats } from "@manydesk/kit/words/format";
import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import type { UseQueryResult } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowRight } from "lucide-react";
import { useState } from "react";
import { nameIn } from "../../../parts/nameIn.ts";
import { Refusal } from "../../../parts/Refusal.tsx";
import css from "./Routing.module.css";
import { placeText } from "./say.ts";
import type { Move, Routing, Rule, Trial } from "./spec.ts";
import words from "./words.json";

interface Props {
  tenant: string;
  routing: Routing;
  rules: readonly Rule[];
  trial: UseQueryResult<Trial>;
}

const shown = 4;

/** The draft on the last hundred tickets: how many stay, how many go elsewhere, how many no rule takes. */
export function TrialBlock({ tenant, routing, rules, trial }: Props) {
  const t = useWords(words);
  const f = useFormats();
  const [open, setOpen] = useState(false);
  const { data, error } = trial;
  return (
    <section aria-label={t("trial")}>
      <h3>
        {t("trial")} {routing.draft && data && <small>{t("trial.last", { n: data.tickets })}</small>}
        {routing.draft && data && (
          <small className={css.right}>{t("trial.took", { n: f.number(data.took_ms / 1000, data.took_ms < 1000 ? 2 : 1) })}</small>
        )}
      </h3>
      {!routing.draft ? (
        <p className="muted s13">{t("trial.nothing")}</p>
      ) : data?.tickets === 0 ? (
        <p className="muted s13">{t("trial.noTickets")}</p>
      ) : data ? (
        <div className={trial.isPlaceholderData ? css.old : undefined} aria-busy={trial.isFetching || undefined}>
          <Verdict trial={data} />
          {data.rows.length > 0 && (
            <ul className={css.moves}>
              {data.rows.slice(0, shown).map((row) => (
                <MoveLine key={row.ref} tenant={tenant} row={row} />
              ))}
            </ul>
          )}
          {data.rows.length > 0 && (
            <Button kind="link" size="xs" onClick={() => setOpen(true)}>
              {t("trial.all", { n: Math.max(data.changed, data.rows.length) })}
            </Button>
          )}
        </div>
      ) : error ? (
        <Refusal error={error} onRetry={() => trial.refetch()} busy={trial.isFetching} />
      ) : (
        <Skeleton lines={4} />
      )}
      {data && open && (
        <Dialog open onClose={() => setOpen(false)} title={t("trial.all", { n: Math.max(data.changed, data.rows.length) })} wide>
          <Moves tenant={tenant} rows={data.rows} rules={rules} />
          {data.rows.length < data.changed && <p className="muted s13">{t("trial.partly", { n: data.rows.length })}</p>}
        </Dialog>
      )}
    </section>
  );
}

function Verdict({ trial }: { trial: Trial }) {
  const t = useWords(words);
  const parts = [
    { of: "unchanged", n: trial.unchanged, word: t("trial.unchanged") },
    { of: "changed", n: trial.changed, word: t("trial.changed", { n: trial.changed }) },
    { of: "unruled", n: trial.unruled, word: t("trial.unruled") },
  ] as const;
  return (
    <>
      <div className={css.bars} aria-hidden="true">
        {parts.map(({ of, n }) => n > 0 && <i key={of} className={css[of]} style={{ flexGrow: n }} />)}
      </div>
      <p className={css.legend} role="status">
        {parts.map(({ of, n, word }) => (
          <span key={of}>
            <i className={css[of]} aria-hidden="true" />
            <b>{n}</b> {word}
          </span>
        ))}
      </p>
    </>
  );
}

function MoveLine({ tenant, row }: { tenant: string; row: Move }) {
  const t = useWords(words);
  return (
    <li>
      <Link to="/t/$tenant/tickets/$ref" params={{ tenant, ref: row.ref }} className={css.ref} title={row.subject}>
        {row.ref}
      </Link>
      <span className="cut">{placeText(row.before, t)}</span>
      <span className={css.arrow}>
        <Icon of={ArrowRight} />
        <span className="vh">{t("trial.becomes")}</span>
      </span>
      <b className="cut">{placeText(row.after, t)}</b>
      <span className={row.mark === "expected" ? css.good : css.warn}>{t(`mark.${row.mark}`)}</span>
    </li>
  );
}

function Moves({ tenant, rows, rules }: { tenant: string; rows: readonly Move[]; rules: readonly Rule[] }) {
  const t = useWords(words);
  const language = useLanguage();
  const ruleName = (key: string | null) => {
    const at = rules.findIndex((rule) => rule.key === key);
    const rule = rules[at];
    return rule ? `${at + 1}. ${nameIn(rule.name, language, rule.key)}` : "—";
  };
  return (
    <table className={css.table}>
      <thead>
        <tr>
          <th scope="col">{t("trial.ticket")}</th>
          <th scope="col">{t("trial.before")}</th>
          <th scope="col">{t("trial.after")}</th>
          <th scope="col">{t("trial.rule")}</th>
          <th scope="col">{t("trial.mark")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.ref}>
            <td>
              <Link to="/t/$tenant/tickets/$ref" params={{ tenant, ref: row.ref }} className={css.ref}>
                {row.ref}
              </Link>{" "}
              <span className="muted">{row.subject}</span>
            </td>
            <td>{placeText(row.before, t)}</td>
            <td>{placeText(row.after, t)}</td>
            <td>{ruleName(row.rule)}</td>
            <td className={row.mark === "expected" ? css.good : css.warn}>{t(`mark.${row.mark}`)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
