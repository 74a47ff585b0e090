import { isProblem } from "@manydesk/kit/api/problem";
import { Banner } from "@manydesk/kit/ui/Banner";
import { Button } from "@manydesk/kit/ui/Button";
import { Checkbox } from "@manydesk/kit/ui/Choice";
import { Dialog } from "@manydesk/kit/ui/Dialog";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { Skeleton } from "@manydesk/kit/ui/Skeleton";
import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { type UseQueryResult, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { nameIn } from "../../../parts/nameIn.ts";
import { Refusal } from "../../../parts/Refusal.tsx";
import { routingQuery, useRouting } from "./calls.ts";
import css from "./Routing.module.css";
import type { Rule, Trial } from "./spec.ts";
import words from "./words.json";

interface Props {
  tenant: string;
  /** The version of the draft that was looked at. */
  draft: number;
  rules: readonly Rule[];
  trial: UseQueryResult<Trial>;
  /** After someone else's change: looks at the rules as they are now. */
  onLook: (draft: number | null) => void;
  onPublished: () => void;
  onClose: () => void;
}

/** Before rules go live: what would have become of the last tickets, and a word on why. */
export function PublishDialog({ tenant, draft, rules, trial, onLook, onPublished, onClose }: Props) {
  const t = useWords(words);
  const language = useLanguage();
  const id = useId();
  const cache = useQueryClient();
  const { publish } = useRouting(tenant);
  const [reason, setReason] = useState("");
  const [over, setOver] = useState(false);
  const [tried, setTried] = useState(false);
  const { data } = trial;
  const above = data?.load.find((one) => one.limit !== null && one.after > one.limit && one.after > one.before);
  const unreachable = data?.unreachable.flatMap((one) => rules.find((rule) => rule.key === one.key) ?? []) ?? [];
  const meanwhile = isProblem(publish.error, "changed_meanwhile");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (above && !over) return;
    publish.mutate({ draft, reason: reason.trim() || undefined }, { onSuccess: onPublished });
  };
  const look = async () => {
    const now = await cache.fetchQuery({ ...routingQuery(tenant), staleTime: 0 });
    publish.reset();
    onLook(now.draft?.version ?? null);
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
      <form id={id} onSubmit={submit} className={css.naming} noValidate>
        <p>{t("publish.what")}</p>
        {data ? (
          <div role="status">
            <p className={css.verdict}>{t("publish.verdict", { n: data.tickets, m: data.changed })}</p>
            {data.unruled > 0 && <p className="s13">{t("publish.unruled", { n: data.unruled })}</p>}
            {unreachable.length > 0 && (
              <p className={css.warn}>
                {t("publish.unreachable", { names: unreachable.map((rule) => `«${nameIn(rule.name, language, rule.key)}»`).join(", ") })}
              </p>
            )}
          </div>
        ) : trial.error ? (
          <Refusal error={trial.error} onRetry={() => trial.refetch()} busy={trial.isFetching} />
        ) : (
          <Skeleton lines={2} />
        )}
        {above && (
          <Checkbox
            label={t("publish.over", { name: above.name, after: above.after, limit: above.limit ?? 0 })}
            hint={
              tried && !over ? (
                <span className={css.wrong} role="alert">
                  {t("publish.overNeed")}
                </span>
              ) : undefined
            }
            checked={over}
            onChange={setOver}
          />
        )}
        <Field label={t("publish.reason")}>
          <Input value={reason} onChange={(event) => setReason(event.target.value)} />
        </Field>
        {meanwhile ? (
          <Banner
            kind="warn"
            actions={
              <Button size="xs" onClick={() => void look()}>
                {t("publish.look")}
              </Button>
            }
          >
            {t("publish.meanwhile")}
          </Banner>
        ) : publish.error ? (
          <Refusal
            error={publish.error}
            onRetry={() => publish.mutate({ draft, reason }, { onSuccess: onPublished })}
            busy={publish.isPending}
          />
        ) : null}
      </form>
    </Dialog>
  );
}
