import { isProblem } from "@manydesk/kit/api/problem";
import { Banner } from "@manydesk/kit/ui/Banner";
import { Button } from "@manydesk/kit/ui/Button";
import { Dialog } from "@manydesk/kit/ui/Dialog";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useId, useState } from "react";
import { Refusal } from "../../../parts/Refusal.tsx";
import { type Trigger, triggersQuery, useTriggers } from "./calls.ts";
import css from "./Triggers.module.css";
import words from "./words.json";

interface Props {
  tenant: string;
  trigger: Trigger;
  /** The version of the draft that was looked at. */
  draft: number;
  name: string;
  onPublished: () => void;
  onLook: (draft: number | null) => void;
  onClose: () => void;
}

/** Before a trigger acts: a word on what changed. Someone else's change in between is looked at first. */
export function PublishDialog({ tenant, trigger, draft, name, onPublished, onLook, onClose }: Props) {
  const t = useWords(words);
  const id = useId();
  const cache = useQueryClient();
  const { publish } = useTriggers(tenant);
  const [reason, setReason] = useState("");
  const meanwhile = isProblem(publish.error, "changed_meanwhile");
  useEffect(() => {
    if (!meanwhile) return;
    void cache.fetchQuery({ ...triggersQuery(tenant), staleTime: 0 }).then((all) => {
      onLook(all.find((one) => one.key === trigger.key)?.draft?.version ?? null);
    });
  }, [meanwhile, cache, tenant, trigger.key, onLook]);
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    publish.mutate({ key: trigger.key, draft, reason: reason.trim() }, { onSuccess: onPublished });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("publish.title")}
      actions={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="primary" type="submit" form={id} busy={publish.isPending}>
            {t("publish")}
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={submit} className={css.form} noValidate>
        <p>{t("publish.what", { name })}</p>
        <Field label={t("publish.reason")}>
          <Input value={reason} onChange={(event) => setReason(event.target.value)} />
        </Field>
        {meanwhile ? (
          <Banner kind="warn">{t("publish.meanwhile")}</Banner>
        ) : publish.error ? (
          <Refusal error={publish.error} onRetry={() => submit()} busy={publish.isPending} />
        ) : null}
      </form>
    </Dialog>
  );
}
