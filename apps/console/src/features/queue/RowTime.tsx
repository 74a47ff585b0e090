import type { Row } from "@manydesk/kit/api/agent";
import { Badge } from "@manydesk/kit/ui/Badge";
import { SlaChip } from "@manydesk/kit/ui/SlaChip";
import { useFormats } from "@manydesk/kit/words/format";
import { useWords } from "@manydesk/kit/words/useWords";
import { Clock, Pause } from "lucide-react";
import { useNow } from "../../parts/useNow.ts";
import css from "./Row.module.css";
import words from "./words.json";

/** The last column: the deadline where there is one, else how long the client waits. */
export function RowTime({ row }: { row: Row }) {
  const t = useWords(words);
  const f = useFormats();
  const now = useNow(30);
  if (row.status.category === "pending") {
    return (
      <span className={css.time}>
        <Badge tone="calm" icon={Pause}>
          {t("pause")}
        </Badge>
        {row.resume_at && <span className={css.meta}>{t("until", { at: f.recent(row.resume_at, now) })}</span>}
      </span>
    );
  }
  if (row.due_at) {
    return (
      <span className={css.time}>
        <SlaChip due_at={row.due_at} />
        <span className={css.meta}>
          {dueKind(row.due_kind, t)} {f.recent(row.due_at, now)}
        </span>
      </span>
    );
  }
  if (row.client_waits && row.waiting_since) {
    return (
      <span className={css.time}>
        <span className={css.hang}>
          <Badge tone="box" icon={Clock}>
            {t("waits", { age: f.age(row.waiting_since, now) })}
          </Badge>
        </span>
        <span className={css.meta}>{t("since", { at: f.recent(row.waiting_since, now) })}</span>
      </span>
    );
  }
  return (
    <span className={css.time}>
      <Badge tone="calm" icon={Clock}>
        {f.age(row.updated_at, now)}
      </Badge>
      <span className={css.meta} title={t("changed", { at: f.dateTime(row.updated_at) })}>
        {f.recent(row.updated_at, now)}
      </span>
    </span>
  );
}

function dueKind(kind: string | null, t: ReturnType<typeof useWords<typeof words>>): string {
  if (kind === "first_response" || kind === "next_response" || kind === "resolution") return `${t(`dueKind.${kind}`)} ·`;
  return "";
}
