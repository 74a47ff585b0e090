import { agent, type Person, type Priority, type Row, type Status, type Ticket } from "@manydesk/kit/api/agent";
import { ifMatch, take } from "@manydesk/kit/api/client";
import { isProblem } from "@manydesk/kit/api/problem";

/** A change of one field of a ticket, the same from the list, the ticket and the bulk bar. */
export type Change =
  | { kind: "status"; to: Status; until?: string; comment?: string; fields?: Record<string, unknown> }
  | { kind: "assignee"; person: Person | null; reason?: string }
  | { kind: "priority"; priority: Priority };

type Seen = Pick<Row, "tenant" | "number" | "version" | "status" | "assignee" | "priority" | "resume_at">;

/**
 * Sends one change. When the ticket moved on meanwhile but this field did not, it is sent again
 * upon the new version; when the field itself was changed by someone, Problem `changed_meanwhile`.
 */
export async function send(seen: Seen, change: Change): Promise<Ticket> {
  try {
    return await put(seen, change);
  } catch (error) {
    if (!isProblem(error, "changed_meanwhile")) throw error;
    const path = { tenant: seen.tenant, number: seen.number };
    const current = await take<Ticket>(agent.GET("/v1/tenants/{tenant}/tickets/{number}", { params: { path } }));
    if (!untouched(seen, current, change.kind)) throw error;
    return put(current, change);
  }
}

/** What the ticket will look like, before the server has said so. */
export function optimistic(change: Change): Partial<Row> {
  if (change.kind === "assignee") return { assignee: change.person, is_new: false };
  if (change.kind === "priority") return { priority: change.priority };
  return { status: change.to, resume_at: change.until ?? null, is_new: false };
}

/** The change that takes this one back, or null where the workflow knows no way. */
export function inverse(seen: Seen, change: Change, transitions: Record<string, string[]>, statuses: Status[]): Change | null {
  if (change.kind === "assignee") return { kind: "assignee", person: seen.assignee };
  if (change.kind === "priority") return { kind: "priority", priority: seen.priority };
  const ways = transitions[change.to.key] ?? [];
  if (ways.includes(seen.status.key) && seen.status.category !== "pending") return { kind: "status", to: seen.status };
  const open = statuses.find((status) => status.category === "open" && ways.includes(status.key));
  return open ? { kind: "status", to: open } : null;
}

function untouched(seen: Seen, current: Seen, kind: Change["kind"]): boolean {
  if (kind === "assignee") return seen.assignee?.id === current.assignee?.id;
  if (kind === "priority") return seen.priority === current.priority;
  return seen.status.key === current.status.key;
}

function put(seen: Seen, change: Change): Promise<Ticket> {
  const params = { path: { tenant: seen.tenant, number: seen.number } };
  const headers = ifMatch(seen.version);
  if (change.kind === "priority")
    return take(agent.PUT("/v1/tenants/{tenant}/tickets/{number}/priority", { params, headers, body: { priority: change.priority } }));
  if (change.kind === "status") {
    const body = { to: change.to.key, until: change.until, comment: change.comment, fields: change.fields };
    return take(agent.PUT("/v1/tenants/{tenant}/tickets/{number}/status", { params, headers, body }));
  }
  if (change.person) {
    const body = { assignee: change.person.id, ...(change.reason && { reason: change.reason }) };
    return take(agent.PUT("/v1/tenants/{tenant}/tickets/{number}/assignment", { params, headers, body }));
  }
  const query = change.reason ? { reason: change.reason } : {};
  return take(agent.DELETE("/v1/tenants/{tenant}/tickets/{number}/assignment", { params: { ...params, query }, headers }));
}
