import { Button } from "@manydesk/kit/ui/Button";
import { RadioGroup } from "@manydesk/kit/ui/Choice";
import { Dialog } from "@manydesk/kit/ui/Dialog";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { Skeleton } from "@manydesk/kit/ui/Skeleton";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQueries } from "@tanstack/react-query";
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

/** Before publishing: which running deadlines each draft moves, and whether running tickets follow. */
export function PublishDialog({ tenant, drafts, onPublished, onClose }: Props) {
  const t = useWords(words);
  const [running, setRunning] = useState<Running>("keep");
  const [reason, setReason] = useState("");
  const done = useRef(new Set<string>());
  const { mutateAsync, isPending, error } = usePublish(tenant);
  const begin = useGoing((going) => going.begin);
  const ordered = inOrder(drafts);
  const previews = useQueries({ queries: ordered.map((one) => recalculationQuery(tenant, one)) });
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
      wide={previews.some(({ data }) => data && data.rows.length > 0)}
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
      {ordered.map((one, index) => {
        const preview = previews[index];
        return (
          <section key={one.kind + one.key} className={css.verdictOf} aria-label={one.name}>
            {ordered.length > 1 && <h3>{one.name}</h3>}
            {preview?.data ? (
              <Verdict tenant={tenant} of={preview.data} />
            ) : preview?.error ? (
              <Refusal error={preview.error} onRetry={() => preview.refetch()} busy={preview.isFetching} />
            ) : (
              <Skeleton lines={1} />
            )}
          </section>
        );
      })}
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
