import type { Row } from "@manydesk/kit/api/agent";
import { useNow } from "@manydesk/kit/clock/useNow";
import { Badge } from "@manydesk/kit/ui/Badge";
import { SlaChip } from "@manydesk/kit/ui/SlaChip";
import { useFormats } from "@manydesk/kit/words/format";
import { useWords } from "@manydesk/kit/words/useWords";
import { Clock, Pause } from "lucide-react";
import type { MouseEvent } from "react";
import { useClockName } from "../../parts/useClockName.ts";
import css from "./Row.module.css";
import words from "./words.json";

/** The last column: the deadline where there is one, else how long the client waits. */
export function RowTime({ row }: { row: Row }) {
  const t = useWords(words);
  const f = useFormats();
  const now = useNow(30);
  const clockName = useClockName();
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
  if (row.sla) {
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: the chip lies over the row's link for its hint; the link itself is there for keys.
      // biome-ignore lint/a11y/useKeyWithClickEvents: the same.
      <span className={css.time} onClick={pass}>
        <SlaChip clock={row.sla} />
        <span className={css.meta}>
          {clockName(row.sla.kind)} · {f.brief(row.sla.due_at, now)}
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

function pass({ currentTarget }: MouseEvent): void {
  currentTarget.parentElement?.querySelector("a")?.click();
}
