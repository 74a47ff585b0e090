import { agent } from "@manydesk/kit/api/agent";
import { take } from "@manydesk/kit/api/client";
import { useFormats } from "@manydesk/kit/words/format";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { Refusal } from "../../../parts/Refusal.tsx";
import { useClockName } from "../../../parts/useClockName.ts";
import css from "./Sla.module.css";
import words from "./words.json";

/** How many promises were kept in thirty days, with the exceptions that were made and by the policies alone. */
export function KeptBlock({ tenant }: { tenant: string }) {
  const t = useWords(words);
  const f = useFormats();
  const clockName = useClockName();
  const summary = useQuery({
    queryKey: [tenant, "clock", "summary"],
    queryFn: ({ signal }) => take(agent.GET("/v1/tenants/{tenant}/summary", { params: { path: { tenant } }, signal })),
    staleTime: 300_000,
  });
  const share = (kept: number, promised: number) => (promised > 0 ? f.percent(kept / promised) : "—");
  const rows = summary.data?.sla ?? [];
  return (
    <section className={css.block} aria-label={t("kept")}>
      <h2>
        {t("kept")} <small>{t("kept.lead")}</small>
      </h2>
      {summary.error && !summary.data ? (
        <Refusal error={summary.error} onRetry={() => summary.refetch()} busy={summary.isFetching} />
      ) : summary.data && rows.length === 0 ? (
        <p className="muted s13">{t("kept.none")}</p>
      ) : (
        <div className={css.scroll}>
          <table className={css.kept} aria-busy={summary.isPending}>
            <thead>
              <tr>
                <th scope="col">{t("kept.promise")}</th>
                <th scope="col">{t("kept.counted")}</th>
                <th scope="col">{t("kept.raw")}</th>
                <th scope="col">{t("kept.excepted")}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((one) => (
                <tr key={one.kind}>
                  <th scope="row">{clockName(one.kind)}</th>
                  <td>
                    <b>{share(one.kept, one.promised)}</b> <span className="muted">{t("kept.of", { n: one.kept, m: one.promised })}</span>
                    <i className={css.share} aria-hidden="true">
                      <i style={{ width: `${one.promised > 0 ? (one.kept / one.promised) * 100 : 0}%` }} />
                      {one.excepted > 0 && one.raw_promised > 0 && <s style={{ left: `${(one.raw_kept / one.raw_promised) * 100}%` }} />}
                    </i>
                  </td>
                  <td>
                    {share(one.raw_kept, one.raw_promised)}{" "}
                    <span className="muted">{t("kept.of", { n: one.raw_kept, m: one.raw_promised })}</span>
                  </td>
                  <td>{f.number(one.excepted)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
