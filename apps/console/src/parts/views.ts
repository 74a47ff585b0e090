import type { View } from "@manydesk/kit/api/agent";
import type { Tree } from "@manydesk/kit/conditions/tree";

/** Views of the worklist in the order of the sidebar. */
export const views = ["urgent", "mine", "unassigned", "waiting_client", "all"] as const satisfies readonly View[];

export interface QueueSearch {
  scope?: string;
  view?: View;
  filter?: string;
  /** Conditions beside the filter. */
  where?: Tree;
  /** The saved view that was opened; the rest may have been changed since. */
  saved?: string;
}

/** Reads the address of the queue; what is not understood falls away. */
export function readQueueSearch(search: Record<string, unknown>): QueueSearch {
  const view = views.find((one) => one === search.view);
  return {
    scope: typeof search.scope === "string" && search.scope !== "all" ? search.scope : undefined,
    view: view === "urgent" ? undefined : view,
    filter: typeof search.filter === "string" && search.filter !== "" ? search.filter : undefined,
    where: isTree(search.where) ? search.where : undefined,
    saved: typeof search.saved === "string" && search.saved !== "" ? search.saved : undefined,
  };
}

/** Whether two addresses ask for the same rows. */
export function sameQuestion(a: QueueSearch, b: QueueSearch): boolean {
  return question(a) === question(b);
}

const question = ({ scope, view, filter, where }: QueueSearch) =>
  JSON.stringify([scope ?? "all", view ?? "urgent", filter ?? "", where ?? {}]);

function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
}
