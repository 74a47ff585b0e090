import type { Entry } from "@manydesk/kit/api/agent";
import type { Formats } from "@manydesk/kit/words/format";
import type { Say } from "@manydesk/kit/words/useWords";
import {
  BellRing,
  CircleDot,
  Clock,
  ListChecks,
  type LucideIcon,
  MapPinCheck,
  Pause,
  Pencil,
  Signal,
  Square,
  SquareCheck,
  Star,
  TriangleAlert,
  UserRound,
  WandSparkles,
  Waypoints,
} from "lucide-react";
import { clockEvent } from "./clockEvent.ts";
import type words from "./words.json";

/** A fact of the timeline in one sentence: who, and what became of what. */
export function eventText(entry: Entry, t: Say<typeof words>, f: Formats): string {
  const { event } = entry;
  const who = entry.author.name;
  if (!event) return "";
  const [change] = event.changes ?? [];
  const from = change?.from_name ?? plain(change?.from);
  const to = change?.to_name ?? plain(change?.to);
  const name = event.work?.name ?? "";
  const clock = clockEvent(event, t, f);
  if (clock !== undefined) return clock;
  const said = event.comment || event.reason;
  const why = said ? ` — ${said}` : "";
  switch (event.type) {
    case "ticket.opened":
      return t("event.opened", { who });
    case "ticket.resumed":
      return t("event.resumed");
    case "ticket.arrived":
      return t("event.arrived", { who, at: f.moment(to) });
    case "ticket.arrival_withdrawn":
      return t("event.notArrived", { who });
    case "ticket.send_failed":
      return t("event.send_failed");
    case "ticket.reply_withdrawn":
      return t("event.reply_withdrawn", { who });
    case "ticket.rated":
      return t("event.rated", { who, score: to }) + why;
    case "ticket.status_changed":
      return t("event.status", { who, from, to }) + (event.until ? ` ${t("event.until", { at: f.moment(event.until) })}` : "") + why;
    case "ticket.assigned":
      return assignedText(entry, t) + why;
    case "macro.applied":
      return t("event.macro", { who, name: event.rule ?? "" });
    case "ticket.routed":
      return routedText(event, t);
    case "ticket.priority_changed":
      return t("event.priority", { who, from: `P${from}`, to: `P${to}` }) + why;
    case "ticket.changed":
      return t("event.changed", { who, fields: (event.changes ?? []).map((one) => fieldName(one.field, t)).join(", ") });
    case "process.started":
      return t("event.process.started", { who, name }) + why;
    case "process.done":
    case "stage.begun":
    case "stage.skipped":
      return t(`event.${event.type}`, { name });
    case "stage.done":
    case "task.added":
    case "task.done":
    case "task.reopened":
    case "task.removed":
      return t(`event.${event.type}`, { who, name });
    case "task.changed":
      if (change?.field !== "task.assignee") return t("event.task.changed", { who, name });
      return to ? t("event.task.given", { who, name, to }) : t("event.task.free", { who, name });
    default:
      return t("event.other", { who, what: event.type.replace(/^ticket\./, "").replaceAll("_", " ") }) + why;
  }
}

/** To whom it went: somebody, nobody, or a group alone. */
function assignedText(entry: Entry, t: Say<typeof words>): string {
  const who = entry.author.name;
  const of = (field: string) => entry.event?.changes?.find((one) => one.field === field);
  const person = of("assignee");
  const to = person?.to_name || plain(person?.to);
  if (to) return t("event.assignee", { who, to });
  const group = of("group");
  const place = group?.to_name || plain(group?.to);
  return place ? t("event.group", { who, to: place }) : t("event.unassigned", { who });
}

/** «Правило «ККТ — юг»: группа «Сервис», ответственный Мария Белова». */
function routedText(event: NonNullable<Entry["event"]>, t: Say<typeof words>): string {
  const fields = ["group", "assignee", "vendor", "line", "priority"] as const;
  const parts = fields.flatMap((field) => {
    const change = event.changes?.find((one) => one.field === field);
    const to = change?.to_name || plain(change?.to);
    return to ? t(`event.routed.${field}`, { to }) : [];
  });
  const what = parts.join(", ") || t("event.routed.nowhere");
  return event.rule ? t("event.routed.rule", { rule: event.rule, what }) : t("event.routed.default", { what });
}

export function eventIcon(entry: Entry): LucideIcon {
  switch (entry.event?.type) {
    case "ticket.status_changed":
      return entry.event.until ? Pause : CircleDot;
    case "ticket.assigned":
      return UserRound;
    case "ticket.routed":
      return Waypoints;
    case "macro.applied":
      return WandSparkles;
    case "ticket.priority_changed":
      return Signal;
    case "ticket.rated":
      return Star;
    case "ticket.arrived":
      return MapPinCheck;
    case "process.started":
    case "process.done":
    case "stage.begun":
    case "stage.done":
    case "stage.skipped":
      return ListChecks;
    case "task.added":
    case "task.changed":
    case "task.reopened":
    case "task.removed":
      return Square;
    case "task.done":
      return SquareCheck;
    case "ticket.send_failed":
    case "sla.breached":
      return TriangleAlert;
    case "sla.escalated":
      return BellRing;
    case "sla.started":
    case "sla.changed":
    case "sla.resumed":
    case "sla.met":
      return Clock;
    case "sla.paused":
      return Pause;
    default:
      return Pencil;
  }
}

function fieldName(field: string, t: Say<typeof words>): string {
  if (field === "subject" || field === "fields" || field === "tags" || field === "type") return t(`field.${field}`);
  return field.replace(/^fields?[./]/, "");
}

function plain(value: unknown): string {
  return value === null || value === undefined ? "" : String(value);
}
