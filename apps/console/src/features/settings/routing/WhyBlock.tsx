import { agent, type Row } from "@manydesk/kit/api/agent";
import { take } from "@manydesk/kit/api/client";
import { RadioGroup } from "@manydesk/kit/ui/Choice";
import { Combobox } from "@manydesk/kit/ui/Combobox";
import type { Option } from "@manydesk/kit/ui/Select";
import { Skeleton } from "@manydesk/kit/ui/Skeleton";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { Refusal } from "../../../parts/Refusal.tsx";
import { RouteTrace } from "../../../parts/route/RouteTrace.tsx";
import { previewQuery, whyQuery } from "./calls.ts";
import css from "./Routing.module.css";
import type { Routing, Trial } from "./spec.ts";
import words from "./words.json";

interface Props {
  tenant: string;
  routing: Routing;
  saved: string;
  trial: Trial | undefined;
}

/** Why a chosen ticket is where it is, and where the draft would send one like it. */
export function WhyBlock({ tenant, routing, saved, trial }: Props) {
  const t = useWords(words);
  const [picked, setPicked] = useState<Option | null>(null);
  const [mode, setMode] = useState<"draft" | "stored">("draft");
  const first = trial?.rows[0];
  const chosen = picked ?? (first ? { value: first.ref, label: first.ref, hint: first.subject } : null);
  const number = Number(chosen?.value.match(/\d+$/)?.[0] ?? 0);
  const drafted = routing.draft !== null && mode === "draft";
  const stored = useQuery({ ...whyQuery(tenant, number), enabled: number > 0 && !drafted });
  const preview = useQuery({ ...previewQuery(tenant, number, saved), enabled: number > 0 && drafted });
  const shown = drafted ? preview : stored;
  const load = useCallback((query: string, signal: AbortSignal) => findTickets(tenant, query, signal), [tenant]);
  return (
    <section aria-label={t("why")}>
      <h3>
        {t("why")}
        <span className={css.pick}>
          <Combobox aria-label={t("why.ticket")} placeholder={t("why.choose")} value={chosen} onChange={setPicked} load={load} size="sm" />
        </span>
      </h3>
      {routing.draft && number > 0 && (
        <RadioGroup
          label={t("why.mode")}
          labelHidden
          look="chips"
          value={mode}
          onChange={setMode}
          options={[
            { value: "draft", label: t("why.draft") },
            { value: "stored", label: t("why.stored") },
          ]}
        />
      )}
      {number === 0 ? (
        <p className="muted s13">{t("why.none")}</p>
      ) : shown.data ? (
        <RouteTrace why={shown.data} compact />
      ) : shown.error ? (
        <Refusal error={shown.error} onRetry={() => shown.refetch()} busy={shown.isFetching} />
      ) : (
        <Skeleton lines={4} />
      )}
    </section>
  );
}

async function findTickets(tenant: string, query: string, signal: AbortSignal): Promise<Option[]> {
  const items: readonly Row[] = query.trim()
    ? (await take(agent.GET("/v1/search", { params: { query: { q: query } }, signal }))).items
    : (await take(agent.GET("/v1/queue", { params: { query: { scope: tenant, view: "all", limit: 20 } }, signal }))).items;
  return items.filter((row) => row.tenant === tenant).map((row) => ({ value: row.ref, label: row.ref, hint: row.subject }));
}
