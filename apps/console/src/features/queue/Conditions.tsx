import { agent } from "@manydesk/kit/api/agent";
import { take } from "@manydesk/kit/api/client";
import { isProblem } from "@manydesk/kit/api/problem";
import type { Tree } from "@manydesk/kit/conditions/tree";
import { Button } from "@manydesk/kit/ui/Button";
import { ConditionBuilder } from "@manydesk/kit/ui/ConditionBuilder";
import { Dialog } from "@manydesk/kit/ui/Dialog";
import { ErrorCard } from "@manydesk/kit/ui/ErrorCard";
import { Skeleton } from "@manydesk/kit/ui/Skeleton";
import { useWords } from "@manydesk/kit/words/useWords";
import { queryOptions, useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { cacheKeys } from "../../parts/cacheKeys.ts";
import { Refusal } from "../../parts/Refusal.tsx";
import { useVocabulary } from "../../parts/useVocabulary.ts";
import words from "./words.json";

interface Props {
  scope: string;
  value: Tree | undefined;
  onChange: (where: Tree | undefined) => void;
  onClose: () => void;
}

const fieldsQuery = (scope: string) =>
  queryOptions({
    queryKey: cacheKeys.queueFields(scope),
    queryFn: ({ signal }) => take(agent.GET("/v1/queue/condition-fields", { params: { query: { scope } }, signal })),
    staleTime: 60_000,
  });

/** The conditions of the list in a window: what the server refuses is told at its node, and nothing closes. */
export function Conditions({ scope, value, onChange, onClose }: Props) {
  const t = useWords(words);
  const [tree, setTree] = useState<Tree>(value ?? {});
  const fields = useQuery(fieldsQuery(scope));
  const vocabulary = useVocabulary(scope === "all" ? null : scope, fields.data?.items);
  const show = useMutation({
    mutationFn: async (where: Tree | undefined) => {
      if (where) await take(agent.GET("/v1/queue", { params: { query: { scope, where: JSON.stringify(where), limit: 1 } } }));
      return where;
    },
    onSuccess: (where) => {
      onChange(where);
      onClose();
    },
  });
  const { error } = show;
  const found = isProblem(error) ? error.errors : [];
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t("conditions")}
      actions={
        <>
          <Button onClick={() => show.mutate(undefined)}>{t("conditions.drop")}</Button>
          <Button kind="primary" busy={show.isPending} onClick={() => show.mutate(Object.keys(tree).length > 0 ? tree : undefined)}>
            {t("filter.apply")}
          </Button>
        </>
      }
    >
      {error && found.length === 0 ? <ErrorCard error={error} /> : null}
      {fields.data ? (
        <ConditionBuilder
          label={t("conditions")}
          value={tree}
          onChange={setTree}
          vocabulary={vocabulary}
          problems={found}
          at="/query/where"
        />
      ) : fields.error ? (
        <Refusal error={fields.error} onRetry={() => fields.refetch()} busy={fields.isFetching} />
      ) : (
        <Skeleton lines={2} />
      )}
      {scope === "all" && <p className="muted">{t("conditions.all")}</p>}
    </Dialog>
  );
}
