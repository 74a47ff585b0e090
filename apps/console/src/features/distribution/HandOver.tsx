import type { Person } from "@manydesk/kit/api/agent";
import { toast } from "@manydesk/kit/look/toast";
import { Button } from "@manydesk/kit/ui/Button";
import { Dialog } from "@manydesk/kit/ui/Dialog";
import { Skeleton } from "@manydesk/kit/ui/Skeleton";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { Refusal } from "../../parts/Refusal.tsx";
import { handoverQuery, useDistribution } from "./calls.ts";
import css from "./Distribution.module.css";
import words from "./words.json";

/** Tickets of somebody who is away, given on by the rules: first seen, then done. */
export function HandOver({ tenant, person, onClose }: { tenant: string; person: Person; onClose: () => void }) {
  const t = useWords(words);
  const preview = useQuery(handoverQuery(tenant, person.id));
  const { handOver } = useDistribution(tenant);
  const items = preview.data?.items ?? [];
  const run = () =>
    handOver.mutate(person.id, {
      onSuccess: ({ done }) => {
        toast({ text: t("rebalance.done", { n: done }) });
        onClose();
      },
    });
  return (
    <Dialog
      open
      onClose={onClose}
      wide
      title={t("rebalance.of", { name: person.name })}
      actions={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="primary" busy={handOver.isPending} disabled={items.length === 0} onClick={run}>
            {t("rebalance.do", { n: items.length })}
          </Button>
        </>
      }
    >
      {preview.error ? (
        <Refusal error={preview.error} onRetry={() => preview.refetch()} busy={preview.isFetching} />
      ) : !preview.data ? (
        <Skeleton lines={4} />
      ) : items.length === 0 ? (
        <p>{t("rebalance.none")}</p>
      ) : (
        <>
          <p>{t("rebalance.text")}</p>
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">{t("rebalance.ticket")}</th>
                <th scope="col">{t("rebalance.to")}</th>
                <th scope="col">{t("rebalance.why")}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((one) => (
                <tr key={one.ref}>
                  <td className={css.ref}>{one.ref}</td>
                  <td>{one.to?.name ?? t("rebalance.queue")}</td>
                  <td className="muted">{one.why}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      {handOver.error ? <Refusal error={handOver.error} onRetry={run} busy={handOver.isPending} /> : null}
    </Dialog>
  );
}
