import { Checkbox } from "@manydesk/kit/ui/Choice";
import { Skeleton } from "@manydesk/kit/ui/Skeleton";
import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { type UseQueryResult, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { nameIn } from "../../../parts/nameIn.ts";
import { Refusal } from "../../../parts/Refusal.tsx";
import { PublishDraft } from "../drafting/PublishDraft.tsx";
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
  const cache = useQueryClient();
  const { publish } = useRouting(tenant);
  const [over, setOver] = useState(false);
  const [tried, setTried] = useState(false);
  const { data } = trial;
  const above = data?.load.find((one) => one.limit !== null && one.after > one.limit && one.after > one.before);
  const unreachable = data?.unreachable.flatMap((one) => rules.find((rule) => rule.key === one.key) ?? []) ?? [];
  const ready = () => {
    setTried(true);
    return !above || over;
  };
  const look = async () => {
    const now = await cache.fetchQuery({ ...routingQuery(tenant), staleTime: 0 });
    onLook(now.draft?.version ?? null);
  };
  return (
    <PublishDraft
      title={t("publish.title")}
      publish={{ ...publish, mutate: (reason, told) => publish.mutate({ draft, reason }, told) }}
      ready={ready}
      onLook={look}
      onPublished={onPublished}
      onClose={onClose}
    >
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
    </PublishDraft>
  );
}
