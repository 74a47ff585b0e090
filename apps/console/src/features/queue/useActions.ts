import type { Person, Priority, Row, Status } from "@manydesk/kit/api/agent";
import { isProblem } from "@manydesk/kit/api/problem";
import { toast } from "@manydesk/kit/look/toast";
import { useSentence } from "@manydesk/kit/ui/ErrorCard";
import { usePriorityName } from "@manydesk/kit/ui/Priority";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQueryClient } from "@tanstack/react-query";
import { type Change, inverse } from "../../parts/changes.ts";
import { deskQuery } from "../../parts/deskQuery.ts";
import { initialsOf } from "../../parts/initials.ts";
import { useChange } from "../../parts/useChange.ts";
import { useSession } from "../../parts/useSession.ts";
import words from "./words.json";

const needs: Record<Change["kind"], string> = { assignee: "assign", priority: "priority", status: "status" };

/** Triage of one ticket or of all that are selected: at once, with a way back. */
export function useActions() {
  const t = useWords(words);
  const sentence = useSentence();
  const priorityName = usePriorityName();
  const cache = useQueryClient();
  const { user } = useSession();
  const { mutateAsync } = useChange();

  const describe = (row: Row, change: Change): string => {
    if (change.kind === "priority") return t("prioritised", { ref: row.ref, name: priorityName(change.priority) });
    if (change.kind === "status")
      return t(change.to.category === "resolved" ? "resolved" : "moved", { ref: row.ref, name: change.to.name });
    return change.person ? t("assigned", { ref: row.ref, name: change.person.name }) : t("unassigned", { ref: row.ref });
  };

  /** Runs one change over rows, four at a time, and tells once what came of it. */
  const run = async (rows: Row[], make: (row: Row) => Change | null) => {
    const done: { row: Row; change: Change }[] = [];
    let failure: unknown;
    const refused = rows.filter((row) => {
      const change = make(row);
      return change && !row.abilities.includes(needs[change.kind]);
    });
    const waiting = rows.filter((row) => !refused.includes(row));
    const worker = async () => {
      for (let row = waiting.shift(); row; row = waiting.shift()) {
        const change = make(row);
        if (!change) continue;
        try {
          await mutateAsync({ row, change });
          done.push({ row, change });
        } catch (error) {
          failure = error;
        }
      }
    };
    await Promise.all([worker(), worker(), worker(), worker()]);
    const [first] = done;
    const failed = failure !== undefined || refused.length > 0;
    const asks = isProblem(failure) && failure.errors.some((one) => one.pointer.startsWith("/body/fields/"));
    const why = failure === undefined ? t("mayNot") : asks ? t("formAsks") : sentence(failure);
    if (!first) return void toast({ text: why, kind: "bad" });
    const text = failed
      ? t("partly", { n: done.length, all: rows.length, why })
      : rows.length === 1
        ? describe(first.row, first.change)
        : t("done", { n: done.length });
    toast({ text, kind: failed ? "bad" : "done", undo: { run: () => void takeBack(done) }, key: "triage" });
  };

  const takeBack = async (done: { row: Row; change: Change }[]) => {
    for (const { row, change } of done) {
      const desk = await cache.ensureQueryData(deskQuery(row.tenant));
      const { statuses, transitions } = desk.settings.workflow;
      const back = inverse(row, change, transitions, statuses);
      const current = {
        ...row,
        version: row.version + 1,
        ...(change.kind === "status" ? { status: change.to } : {}),
        ...(change.kind === "assignee" ? { assignee: change.person } : {}),
        ...(change.kind === "priority" ? { priority: change.priority } : {}),
      };
      if (back) await mutateAsync({ row: current, change: back }).catch((error) => toast({ text: sentence(error), kind: "bad" }));
    }
  };

  return {
    me: { id: user.id, name: user.name, kind: "staff", initials: initialsOf(user.name) } satisfies Person,
    assign: (rows: Row[], person: Person | null, reason?: string) => run(rows, () => ({ kind: "assignee", person, reason })),
    prioritise: (rows: Row[], priority: Priority) => run(rows, () => ({ kind: "priority", priority })),
    move: (rows: Row[], to: Status, more: { until?: string; comment?: string } = {}) => run(rows, () => ({ kind: "status", to, ...more })),
    async resolve(rows: Row[]) {
      const ways = new Map<string, Status | undefined>();
      for (const row of rows) {
        const { workflow } = (await cache.ensureQueryData(deskQuery(row.tenant))).settings;
        const allowed = workflow.transitions[row.status.key] ?? [];
        ways.set(
          row.ref,
          workflow.statuses.find((status) => status.category === "resolved" && allowed.includes(status.key)),
        );
      }
      if (![...ways.values()].some(Boolean)) return void toast({ text: t("noWay"), kind: "bad" });
      await run(rows, (row) => {
        const to = ways.get(row.ref);
        return to ? { kind: "status", to } : null;
      });
    },
  };
}
