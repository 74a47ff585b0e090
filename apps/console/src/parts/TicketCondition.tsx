import { agent } from "@manydesk/kit/api/agent";
import { take } from "@manydesk/kit/api/client";
import { isProblem } from "@manydesk/kit/api/problem";
import type { Tree } from "@manydesk/kit/conditions/tree";
import { ConditionBuilder } from "@manydesk/kit/ui/ConditionBuilder";
import { Skeleton } from "@manydesk/kit/ui/Skeleton";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { Refusal } from "./Refusal.tsx";
import { useVocabulary } from "./useVocabulary.ts";

interface Props {
  tenant: string;
  /** Its name for a screen reader. */
  label: string;
  value: Tree | undefined;
  onChange: (when: Tree | undefined) => void;
  /** What the server refused in the whole setting; only what is of the condition is shown. */
  problem: unknown;
  /** Where the condition stands in what was sent: "/body/spec/when". */
  at: string;
  /** The fields that it may ask about; all of them without it. */
  only?: readonly string[];
}

/** Everything that can be asked about a ticket of a tenant. */
export function conditionFieldsQuery(tenant: string) {
  return queryOptions({
    queryKey: [tenant, "condition-fields"],
    queryFn: ({ signal }) => take(agent.GET("/v1/tenants/{tenant}/condition-fields", { params: { path: { tenant } }, signal })),
    staleTime: 60_000,
  });
}

/** A sentence of conditions over everything that is known of a ticket. */
export function TicketCondition({ tenant, label, value, onChange, problem, at, only }: Props) {
  const fields = useQuery(conditionFieldsQuery(tenant));
  const vocabulary = useVocabulary(tenant, fields.data?.items);
  if (!fields.data) {
    if (!fields.error) return <Skeleton lines={2} />;
    return <Refusal error={fields.error} onRetry={() => fields.refetch()} busy={fields.isFetching} />;
  }
  return (
    <ConditionBuilder
      label={label}
      value={value ?? {}}
      onChange={(next) => onChange(Object.keys(next).length > 0 ? next : undefined)}
      vocabulary={only ? vocabulary.filter((field) => only.includes(field.key)) : vocabulary}
      calendars={fields.data.calendars}
      problems={isProblem(problem) ? problem.errors : []}
      at={at}
    />
  );
}
