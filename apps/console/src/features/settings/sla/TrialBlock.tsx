import { Button } from "@manydesk/kit/ui/Button";
import { Dialog } from "@manydesk/kit/ui/Dialog";
import { Skeleton } from "@manydesk/kit/ui/Skeleton";
import { useFormats } from "@manydesk/kit/words/format";
import { useWords } from "@manydesk/kit/words/useWords";
import type { UseQueryResult } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Refusal } from "../../../parts/Refusal.tsx";
import { useClockName } from "../../../parts/useClockName.ts";
import type { Setting } from "../drafting/setting.ts";
import css from "./Sla.module.css";
import type { Trial } from "./spec.ts";
import words from "./words.json";

interface Props {
  tenant: string;
  setting: Setting<unknown>;
  trial: UseQueryResult<Trial>;
}

/** The draft tried on the last hundred tickets: how many would have been in time, before and after. */
export function TrialBlock({ tenant, setting, trial }: Props) {
  const t = useWords(words);
  const f = useFormats();
  const [open, setOpen] = useState(false);
  const { data, error } = trial;
  const before = setting.version;
  return (
    <section aria-label={t("trial")}>
      <h2>
        {t("trial")}
        {data && <small className={css.right}>{t("trial.took", { n: f.number(data.took_ms / 1000, data.took_ms < 1000 ? 2 : 1) })}</small>}
      </h2>
      {!setting.draft ? (
        <p className="muted s13">{t("trial.nothing")}</p>
      ) : data ? (
        <>
          <div className={css.bars}>
            <Bar name={before === 0 ? t("trial.without") : t("version", { n: before })} share={data.kept_before} old />
            <Bar name={t("trial.draft")} share={data.kept_after} />
          </div>
          <p className="s13" role="status">
            {data.moved === 0 ? t("trial.same", { n: data.tickets }) : t("trial.moved", { n: data.moved, m: data.earlier })}{" "}
            {data.rows.length > 0 && (
              <Button kind="link" size="xs" onClick={() => setOpen(true)}>
                {t("trial.show")}
              </Button>
            )}
          </p>
        </>
      ) : error ? (
        <Refusal error={error} onRetry={() => trial.refetch()} busy={trial.isFetching} />
      ) : (
        <Skeleton lines={3} />
      )}
      {data && (
        <Dialog open={open} onClose={() => setOpen(false)} title={t("trial.moved", { n: data.moved, m: data.earlier })} wide>
          <Moved tenant={tenant} rows={data.rows} />
        </Dialog>
      )}
    </section>
  );
}

function Bar({ name, share, old }: { name: string; share: number | null; old?: boolean }) {
  const t = useWords(words);
  const f = useFormats();
  return (
    <>
      <span className={old ? "muted" : undefined}>{name}</span>
      <span className={css.rail}>
        <i className={old ? css.was : undefined} style={{ width: `${(share ?? 0) * 100}%` }} />
      </span>
      <b>{share === null ? t("trial.noData") : f.percent(share)}</b>
    </>
  );
}

/** Tickets whose deadline the draft moves. */
export function Moved({ tenant, rows }: { tenant: string; rows: Trial["rows"] }) {
  const t = useWords(words);
  const f = useFormats();
  const clockName = useClockName();
  return (
    <table className={css.moved}>
      <thead>
        <tr>
          <th scope="col">{t("trial.ticket")}</th>
          <th scope="col">{t("trial.promise")}</th>
          <th scope="col">{t("trial.before")}</th>
          <th scope="col">{t("trial.after")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.ref}${row.kind}`}>
            <td>
              <Link to="/t/$tenant/tickets/$ref" params={{ tenant, ref: row.ref }} className={css.link}>
                {row.ref}
              </Link>{" "}
              <span className="muted">{row.subject}</span>
            </td>
            <td>{clockName(row.kind)}</td>
            <td>{row.before ? f.moment(row.before) : "—"}</td>
            <td>{row.after ? f.moment(row.after) : "—"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
