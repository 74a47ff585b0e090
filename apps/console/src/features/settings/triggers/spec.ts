import type { TriggerAction, TriggerRun, TriggerSpec } from "@manydesk/kit/api/route";

export type { Delivery, TriggerSpec } from "@manydesk/kit/api/route";
export type Action = TriggerAction;
export type ActionKind = Action["kind"];
export type Event = TriggerSpec["on"];
export type Since = NonNullable<TriggerSpec["after"]>["since"];
export type Run = TriggerRun;

/** What a trigger listens to, in the order in which it is offered; `time` is so long after something. */
export const events = [
  "ticket.opened",
  "ticket.client_replied",
  "ticket.replied",
  "ticket.noted",
  "ticket.assigned",
  "ticket.status_changed",
  "ticket.priority_changed",
  "ticket.changed",
  "ticket.rated",
  "clock.warned",
  "clock.breached",
  "time",
] as const satisfies readonly Event[];

export const sinces = ["opened", "updated", "waiting", "status"] as const satisfies readonly Since[];

/** What a trigger may do, in the order in which it is offered. */
export const actionKinds = [
  "set",
  "tag",
  "assign",
  "route",
  "status",
  "note",
  "reply",
  "create_task",
  "apply_macro",
  "tell",
  "webhook",
] as const satisfies readonly ActionKind[];
