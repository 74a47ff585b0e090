import type { Say } from "@manydesk/kit/words/useWords";
import { labelOf, type RouteNames } from "../routing/useRouteNames.ts";
import { type Action, actionKinds, events, type TriggerSpec } from "./spec.ts";
import type words from "./words.json";

export type SayTrigger = Say<typeof words>;

const units = [1440, 60, 1] as const;
export type Unit = (typeof units)[number];

/** Minutes in the largest unit that says them whole. */
export function inUnits(minutes: number): { n: number; unit: Unit } {
  const unit = units.find((one) => minutes >= one && minutes % one === 0) ?? 1;
  return { n: minutes / unit, unit };
}

/** «заявка создана», «прошло 30 мин как ждёт клиент». */
export function eventText(spec: Pick<TriggerSpec, "on" | "after">, t: SayTrigger): string {
  if (spec.on !== "time" || !spec.after) return t(`on.${spec.on}`);
  const { n, unit } = inUnits(spec.after.minutes);
  return t("time.of", { time: `${n} ${t(`unit.${unit}`)}`, since: t(`since.${spec.after.since}`) });
}

/** What an action does, short: «назначить: Сервис». */
export function actionText(action: Action, t: SayTrigger, names: RouteNames, statuses: readonly { key: string; name: string }[]): string {
  const what = detail(action, t, names, statuses);
  const kind = t(`kind.${action.kind}`);
  return what ? t("text.of", { kind, what }) : kind;
}

function detail(action: Action, t: SayTrigger, names: RouteNames, statuses: readonly { key: string; name: string }[]): string {
  switch (action.kind) {
    case "set":
      return [fieldText(action.field ?? "", t), action.field === "priority" ? `P${action.value}` : String(action.value ?? "")]
        .filter(Boolean)
        .join(" = ");
    case "tag":
      return [...(action.add ?? []).map((tag) => `+${tag}`), ...(action.remove ?? []).map((tag) => `−${tag}`)].join(", ");
    case "assign":
      return [action.group && labelOf(names.groups, action.group), action.person && labelOf(names.people, action.person)]
        .filter(Boolean)
        .join(", ");
    case "status":
      return statuses.find((one) => one.key === action.to)?.name ?? action.to ?? "";
    case "note":
    case "reply":
      return cut(action.text?.ru || action.text?.en || "");
    case "create_task":
      return [
        cut(action.text?.ru || action.text?.en || ""),
        action.group && labelOf(names.groups, action.group),
        action.person && labelOf(names.people, action.person),
        action.until_hours && t("in.hours", { n: action.until_hours }),
      ]
        .filter(Boolean)
        .join(", ");
    case "apply_macro":
      return labelOf(names.macros, action.macro ?? "");
    case "tell":
      return [
        action.assignee && t("whom.assignee"),
        ...(action.roles ?? []).map((key) => labelOf(names.roles, key)),
        ...(action.people ?? []).map((id) => labelOf(names.people, id)),
      ]
        .filter(Boolean)
        .join(", ");
    case "webhook":
      return hostOf(action.url ?? "");
    case "route":
      return "";
  }
}

export function fieldText(field: string, t: SayTrigger): string {
  if (field === "priority" || field === "type" || field === "subject") return t(`field.${field}`);
  return field.replace(/^fields\./, "");
}

/** The name of an action's or an event's key as it stands in the log. */
export function kindText(kind: string, t: SayTrigger): string {
  const known = actionKinds.find((one) => one === kind);
  return known ? t(`kind.${known}`) : kind;
}

export function onText(on: string, t: SayTrigger): string {
  const known = events.find((one) => one === on);
  return known ? t(`on.${known}`) : on;
}

export function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}

function cut(text: string): string {
  return text.length > 40 ? `«${text.slice(0, 39)}…»` : text && `«${text}»`;
}

const reasons = [
  "status",
  "redirect",
  "timeout",
  "unresolved",
  "unreachable",
  "insecure",
  "interrupted",
  "address",
  "secret",
  "too_large",
] as const;

/** Why a call was not taken: the server's short name of it in a sentence. */
export function reasonText(code: string, t: SayTrigger): string {
  const known = reasons.find((one) => one === code);
  return known ? t(`reason.${known}`) : code;
}
