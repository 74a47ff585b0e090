import type { Row } from "@manydesk/kit/api/agent";

/** A plain ticket for tests. */
export function row(number: number, more: Partial<Row> = {}): Row {
  return {
    tenant: "acme",
    ref: `ACME-${number}`,
    number,
    version: 1,
    subject: "Не печатает касса",
    type: "incident",
    status: { key: "open", name: "Открыта", category: "open" },
    priority: 3,
    assignee: null,
    company: null,
    contact: "Иван Петров",
    channel: "mail",
    is_new: false,
    client_waits: false,
    waiting_since: null,
    due_at: null,
    due_kind: null,
    resume_at: null,
    sla: null,
    updated_at: "2026-11-23T08:00:00.000Z",
    abilities: [],
    ...more,
  };
}
