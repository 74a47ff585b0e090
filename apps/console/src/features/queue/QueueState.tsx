import { Button } from "@manydesk/kit/ui/Button";
import { EmptyState } from "@manydesk/kit/ui/EmptyState";
import { ErrorCard } from "@manydesk/kit/ui/ErrorCard";
import { Skeleton } from "@manydesk/kit/ui/Skeleton";
import { useWords } from "@manydesk/kit/words/useWords";
import { useNavigate } from "@tanstack/react-router";
import { Inbox, Lock } from "lucide-react";
import { useSession } from "../../parts/useSession.ts";
import type { QueueSearch } from "../../parts/views.ts";
import words from "./words.json";

interface Props {
  state: "loading" | "error" | "denied" | "empty";
  search: QueueSearch;
  error: unknown;
  busy: boolean;
  onRetry: () => void;
  onNext: () => void;
}

/** The list while it has no rows: on its way, failed, not ours, or truly empty. */
export function QueueState({ state, search, error, busy, onRetry, onNext }: Props) {
  const t = useWords(words);
  const go = useNavigate();
  const { tenants } = useSession();
  const all = <Button onClick={() => go({ to: "/q" })}>{t("showAll")}</Button>;
  if (state === "loading") {
    return (
      <div style={{ padding: "8px 20px" }}>
        <Skeleton look="rows" lines={10} />
      </div>
    );
  }
  if (state === "error") {
    return (
      <div style={{ padding: 20 }}>
        <ErrorCard error={error} onRetry={onRetry} busy={busy} />
      </div>
    );
  }
  if (state === "denied") {
    return (
      <EmptyState icon={Lock} title={t("denied")} actions={all}>
        {null}
      </EmptyState>
    );
  }
  if (tenants.length === 0)
    return (
      <EmptyState icon={Inbox} title={t("empty.title")}>
        {t("empty.tenants")}
      </EmptyState>
    );
  if (search.filter || search.where) {
    return (
      <EmptyState
        icon={Inbox}
        title={t("empty.filter")}
        actions={
          <Button onClick={() => go({ to: "/q", search: { ...search, filter: undefined, where: undefined } })}>{t("filter.clear")}</Button>
        }
      />
    );
  }
  const mine = search.view === "mine";
  return (
    <EmptyState
      icon={Inbox}
      title={t("empty.title")}
      actions={mine ? <Button onClick={onNext}>{t("next")}</Button> : search.scope ? all : undefined}
    >
      {mine ? t("empty.mine") : t("empty.text")}
    </EmptyState>
  );
}
