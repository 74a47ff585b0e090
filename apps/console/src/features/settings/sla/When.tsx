import { agent } from "@manydesk/kit/api/agent";
import { take } from "@manydesk/kit/api/client";
import { isProblem } from "@manydesk/kit/api/problem";
import type { ConditionField } from "@manydesk/kit/conditions/field";
import type { Kind, Tree } from "@manydesk/kit/conditions/tree";
import { ConditionBuilder } from "@manydesk/kit/ui/ConditionBuilder";
import type { Option } from "@manydesk/kit/ui/Select";
import { Skeleton } from "@manydesk/kit/ui/Skeleton";
import { useWords } from "@manydesk/kit/words/useWords";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { membersQuery } from "../../../parts/deskQuery.ts";
import { Refusal } from "../../../parts/Refusal.tsx";
import css from "./Sla.module.css";
import words from "./words.json";

interface Props {
  tenant: string;
  value: Tree | undefined;
  onChange: (when: Tree | undefined) => void;
  /** What the server refused in the whole setting; only what is of the condition is shown. */
  problem: unknown;
}

const fieldsQuery = (tenant: string) =>
  queryOptions({
    queryKey: [tenant, "condition-fields"],
    queryFn: ({ signal }) => take(agent.GET("/v1/tenants/{tenant}/condition-fields", { params: { path: { tenant } }, signal })),
    staleTime: 60_000,
  });

/** For which tickets: a sentence of conditions over everything that is known of a ticket. */
export function When({ tenant, value, onChange, problem }: Props) {
  const t = useWords(words);
  const fields = useQuery(fieldsQuery(tenant));
  const { data: members } = useQuery(membersQuery(tenant));
  const vocabulary = useMemo<ConditionField[]>(
    () =>
      (fields.data?.items ?? []).map((field) => ({
        ...field,
        kind: field.kind as Kind,
        load:
          field.kind === "company"
            ? (query, signal) => companies(tenant, query, signal)
            : field.kind === "person"
              ? async (query) =>
                  (members?.items ?? [])
                    .filter((one) => one.name.toLowerCase().includes(query.toLowerCase()))
                    .map((one) => ({ value: one.id, label: one.name }))
              : undefined,
      })),
    [fields.data, members, tenant],
  );
  return (
    <div className={css.when}>
      <span className={css.label}>{t("when")}</span>
      {fields.data ? (
        <ConditionBuilder
          label={t("when")}
          value={value ?? {}}
          onChange={(next) => onChange(Object.keys(next).length > 0 ? next : undefined)}
          vocabulary={vocabulary}
          calendars={fields.data.calendars}
          problems={isProblem(problem) ? problem.errors : []}
          at="/body/spec/when"
        />
      ) : fields.error ? (
        <Refusal error={fields.error} onRetry={() => fields.refetch()} busy={fields.isFetching} />
      ) : (
        <Skeleton lines={2} />
      )}
    </div>
  );
}

async function companies(tenant: string, query: string, signal: AbortSignal): Promise<Option[]> {
  const { items } = await take(agent.GET("/v1/tenants/{tenant}/companies", { params: { path: { tenant }, query: { q: query } }, signal }));
  return items.map((one) => ({ value: one.id, label: one.name }));
}
