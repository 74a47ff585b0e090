import { Button } from "@manydesk/kit/ui/Button";
import { RadioGroup } from "@manydesk/kit/ui/Choice";
import { Dialog } from "@manydesk/kit/ui/Dialog";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { Skeleton } from "@manydesk/kit/ui/Skeleton";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQueries, useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Refusal } from "../../../parts/Refusal.tsx";
import { usePublish } from "./calls.ts";
import { inOrder, type Publishable, publishAll, type Running } from "./publishing.ts";
import { type Recalculation, recalculationQuery, useGoing } from "./recalculation.ts";
import css from "./Sla.module.css";
import { Moved } from "./TrialBlock.tsx";
import words from "./words.json";

interface Props {
  tenant: string;
  drafts: readonly Publishable[];
  onPublished: () => void;
  onClose: () => void;
}

/** Before publishing: which running deadlines the drafts move together, and each alone, and whether running tickets follow. */
export function PublishDialog({ tenant, drafts, onPublished, onClose }: Props) {
  const t = useWords(words);
  const [running, setRunning] = useState<Running>("keep");
  const [reason, setReason] = useState("");
  const done = useRef(new Set<string>());
  const { mutateAsync, isPending, error } = usePublish(tenant);
  const begin = useGoing((going) => going.begin);
  const ordered = inOrder(drafts);
  const several = ordered.length > 1;
  const together = useQuery(recalculationQuery(tenant, ordered));
  const alone = useQueries({ queries: several ? ordered.map((one) => recalculationQuery(tenant, [one])) : [] });
  const publish = async () => {
    try {
      const job = await publishAll(
        ordered,
        running,
        (one, follow) => mutateAsync({ ...one, running: follow, reason: reason.trim() }),
        done.current,
      );
      if (job) begin(tenant, job);
      onPublished();
    } catch {
      // Said in the dialog; what was chosen and written stays.
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      wide={(together.data?.rows.length ?? 0) > 0}
      title={t("publish.title")}
      actions={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="primary" busy={isPending} onClick={() => void publish()}>
            {t("publish")}
          </Button>
        </>
      }
    >
      <p>{t("publish.what", { what: ordered.map((one) => one.name).join(", ") })}</p>
      <section className={css.verdictOf} aria-label={t("publish.together")}>
        {several && <h3>{t("publish.together")}</h3>}
        {together.data ? (
          <Verdict tenant={tenant} of={together.data} />
        ) : together.error ? (
          <Refusal error={together.error} onRetry={() => together.refetch()} busy={together.isFetching} />
        ) : (
          <Skeleton lines={1} />
        )}
        {several && (
          <ul className={css.each}>
            {ordered.map((one, index) => {
              const data = alone[index]?.data;
              return (
                <li key={one.kind + one.key}>
                  <span>{t("publish.alone", { name: one.name })}</span>
                  <span>{data ? t("publish.count", { n: data.moved }) : alone[index]?.error ? "—" : "…"}</span>
                </li>
              );
            })}
          </ul>
        )}
      </section>
      <RadioGroup
        label={t("running")}
        value={running}
        onChange={setRunning}
        options={[
          { value: "keep", label: t("running.keep"), hint: t("running.keep.hint") },
          { value: "recalculate", label: t("running.recalculate"), hint: t("running.recalculate.hint") },
        ]}
      />
      <Field label={t("publish.reason")}>
        <Input value={reason} onChange={(event) => setReason(event.target.value)} />
      </Field>
      {error ? <Refusal error={error} onRetry={() => void publish()} busy={isPending} /> : null}
    </Dialog>
  );
}

function Verdict({ tenant, of }: { tenant: string; of: Recalculation }) {
  const t = useWords(words);
  return (
    <>
      <p className={css.verdict} role="status">
        {of.moved === 0 ? t("publish.same") : t("publish.moved", { n: of.moved, m: of.into_past })}
      </p>
      <p className="muted s13">{t("publish.running", { n: of.running })}</p>
      {of.rows.length > 0 && (
        <details>
          <summary>{t("trial.show")}</summary>
          <Moved tenant={tenant} rows={of.rows} />
        </details>
      )}
    </>
  );
}
