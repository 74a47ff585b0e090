import { Button } from "@manydesk/kit/ui/Button";
import { RadioGroup } from "@manydesk/kit/ui/Choice";
import { Dialog } from "@manydesk/kit/ui/Dialog";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { Skeleton } from "@manydesk/kit/ui/Skeleton";
import { useWords } from "@manydesk/kit/words/useWords";
import { useState } from "react";
import { Refusal } from "../../../parts/Refusal.tsx";
import css from "./Sla.module.css";
import type { Trial } from "./spec.ts";
import { Moved } from "./TrialBlock.tsx";
import words from "./words.json";

interface Props {
  tenant: string;
  /** What is published, by name. */
  names: string[];
  trial: Trial | undefined;
  busy: boolean;
  error: unknown;
  onPublish: (running: "keep" | "recalculate", reason: string) => void;
  onClose: () => void;
}

/** Before publishing: what moves, and whether running tickets follow. */
export function PublishDialog({ tenant, names, trial, busy, error, onPublish, onClose }: Props) {
  const t = useWords(words);
  const [running, setRunning] = useState<"keep" | "recalculate">("keep");
  const [reason, setReason] = useState("");
  return (
    <Dialog
      open
      onClose={onClose}
      wide={Boolean(trial && trial.rows.length > 0)}
      title={t("publish.title")}
      actions={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="primary" busy={busy} onClick={() => onPublish(running, reason.trim())}>
            {t("publish")}
          </Button>
        </>
      }
    >
      <p>{t("publish.what", { what: names.join(", ") })}</p>
      {trial ? (
        <p className={css.verdict} role="status">
          {trial.moved === 0 ? t("publish.same") : t("publish.moved", { n: trial.moved, m: trial.into_past })}
        </p>
      ) : (
        <Skeleton lines={1} />
      )}
      {trial && trial.rows.length > 0 && (
        <details>
          <summary>{t("trial.show")}</summary>
          <Moved tenant={tenant} rows={trial.rows} />
        </details>
      )}
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
      {error ? <Refusal error={error} onRetry={() => onPublish(running, reason.trim())} busy={busy} /> : null}
    </Dialog>
  );
}
