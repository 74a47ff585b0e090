import type { Row, Status } from "@manydesk/kit/api/agent";
import { expect, test } from "vitest";
import { inverse, optimistic } from "./changes.ts";

const status = (key: string, category: Status["category"]): Status => ({ key, name: key, category });
const open = status("open", "open");
const work = status("in_progress", "in_progress");
const done = status("resolved", "resolved");
const seen: Pick<Row, "tenant" | "number" | "version" | "status" | "assignee" | "priority" | "resume_at"> = {
  tenant: "acme",
  number: 1042,
  version: 7,
  status: work,
  assignee: null,
  priority: 2,
  resume_at: null,
};
const transitions = { in_progress: ["pending", "resolved"], resolved: ["closed", "open"], closed: [] };

test("what is shown at once", () => {
  expect(optimistic({ kind: "priority", priority: 1 })).toEqual({ priority: 1 });
  expect(optimistic({ kind: "status", to: done })).toEqual({ status: done, resume_at: null, is_new: false });
});

test("assignee and priority go back to what they were", () => {
  expect(inverse(seen, { kind: "assignee", person: null }, transitions, [])).toEqual({ kind: "assignee", person: null });
  expect(inverse(seen, { kind: "priority", priority: 1 }, transitions, [])).toEqual({ kind: "priority", priority: 2 });
});

test("a resolved ticket reopens where the workflow has no way straight back", () => {
  expect(inverse(seen, { kind: "status", to: done }, transitions, [open, work, done])).toEqual({ kind: "status", to: open });
});

test("a final status has no undo", () => {
  expect(inverse(seen, { kind: "status", to: status("closed", "closed") }, transitions, [open])).toBeNull();
});
