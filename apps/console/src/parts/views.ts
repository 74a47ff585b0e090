import type { View } from "@manydesk/kit/api/agent";

/** Views of the worklist in the order of the sidebar. */
export const views = ["urgent", "mine", "unassigned", "waiting_client", "all"] as const satisfies readonly View[];

export interface QueueSearch {
  scope?: string;
  view?: View;
  filter?: string;
}

/** Reads the address of the queue; what is not understood falls away. */
export function readQueueSearch(search: Record<string, unknown>): QueueSearch {
  const view = views.find((one) => one === search.view);
  return {
    scope: typeof search.scope === "string" && search.scope !== "all" ? search.scope : undefined,
    view: view === "urgent" ? undefined : view,
    filter: typeof search.filter === "string" && search.filter !== "" ? search.filter : undefined,
  };
}
