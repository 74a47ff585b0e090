import type { TimelineEvent } from "@manydesk/kit/api/agent";
import type { Formats } from "@manydesk/kit/words/format";
import type { Say } from "@manydesk/kit/words/useWords";
import type words from "./words.json";

type Change = NonNullable<TimelineEvent["changes"]>[number];

/** A fact of the clock in one sentence; undefined for a fact of something else. */
export function clockEvent(event: TimelineEvent, t: Say<typeof words>, f: Formats): string | undefined {
  const rule = event.rule ? t("event.sla.rule", { name: event.rule }) : "";
  const changes = event.changes ?? [];
  const what = changes.flatMap((change) => said(change, t, f)).join(", ");
  const names = changes.flatMap((change) => promiseName(change.field, t) ?? []).join(", ");
  switch (event.type) {
    case "sla.started":
      return t("event.sla.started", { rule, what });
    case "sla.changed":
      return t("event.sla.changed", { rule, what });
    case "sla.paused":
      return t("event.sla.paused");
    case "sla.resumed":
      return what ? t("event.sla.resumed", { what }) : t("event.sla.resumedBare");
    case "sla.met":
      return t("event.sla.met", { what: names });
    case "sla.breached":
      return t("event.sla.breached", { what: names });
    case "sla.escalated":
      return names ? t("event.sla.escalatedOf", { rule, what: names }) : t("event.sla.escalated", { rule });
    default:
      return undefined;
  }
}

function said({ field, from, to }: Change, t: Say<typeof words>, f: Formats): string[] {
  const name = promiseName(field, t);
  if (!name || typeof to !== "string" || Number.isNaN(Date.parse(to))) return [];
  const at = f.moment(to);
  if (typeof from !== "string" || Number.isNaN(Date.parse(from))) return [t("event.sla.by", { name, at })];
  return [t("event.sla.moved", { name, from: f.moment(from), at })];
}

// Fields are first_due, next_due, resolve_due, arrive_due; a clock's own name says the same.
function promiseName(field: string, t: Say<typeof words>): string | undefined {
  if (field.startsWith("first")) return t("event.sla.first");
  if (field.startsWith("next")) return t("event.sla.next");
  if (field.startsWith("resol")) return t("event.sla.resolve");
  if (field.startsWith("arriv")) return t("event.sla.arrive");
  return undefined;
}
