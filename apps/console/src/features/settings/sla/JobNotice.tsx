import { toast } from "@manydesk/kit/look/toast";
import { Banner } from "@manydesk/kit/ui/Banner";
import { useSentence } from "@manydesk/kit/ui/ErrorCard";
import { useFormats } from "@manydesk/kit/words/format";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { cacheKeys } from "../../../parts/cacheKeys.ts";
import { hasEnded, jobQuery, useGoing } from "./recalculation.ts";
import css from "./Sla.module.css";
import words from "./words.json";

/** How far the recalculation of running tickets is, until it is done; then every deadline shown is read again. */
export function JobNotice({ tenant }: { tenant: string }) {
  const id = useGoing((going) => going.jobs[tenant]);
  return id === undefined ? null : <Progress key={id} tenant={tenant} id={id} />;
}

function Progress({ tenant, id }: { tenant: string; id: string }) {
  const t = useWords(words);
  const f = useFormats();
  const sentence = useSentence();
  const cache = useQueryClient();
  const forget = useGoing((going) => going.forget);
  const { data: job, error } = useQuery(jobQuery(tenant, id));
  const ended = job !== undefined && hasEnded(job);
  const done = job?.state === "done" ? job.done : undefined;
  useEffect(() => {
    if (!ended) return;
    for (const queryKey of [cacheKeys.queues(), cacheKeys.counts(), [tenant, "ticket"], [tenant, "clock"]]) {
      cache.invalidateQueries({ queryKey });
    }
  }, [ended, cache, tenant]);
  useEffect(() => {
    if (done === undefined) return;
    forget(tenant);
    toast({ text: t("job.done", { n: done }) });
  }, [done, forget, tenant, t]);
  if (done !== undefined) return null;
  if (ended || error) {
    return (
      <Banner kind="danger" live="alert" onClose={() => forget(tenant)}>
        {t("job.failed")} {error ? sentence(error) : ""}
      </Banner>
    );
  }
  return (
    <Banner kind="info">
      <span className={css.job}>
        <span role="status">{t("job.going")}</span>
        <progress aria-label={t("job.going")} max={Math.max(1, job?.total ?? 1)} value={job ? job.done : undefined} />
        <span className="muted">{job && t("job.of", { done: f.number(job.done), total: f.number(job.total) })}</span>
      </span>
    </Banner>
  );
}
