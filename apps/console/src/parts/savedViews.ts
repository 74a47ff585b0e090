import { agent, type SavedView } from "@manydesk/kit/api/agent";
import { ifMatch, once, take } from "@manydesk/kit/api/client";
import { newKey } from "@manydesk/kit/api/key";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { cacheKeys } from "./cacheKeys.ts";
import { type QueueSearch, readQueueSearch } from "./views.ts";

/** What of the queue the person keeps, and what others share with them. */
export const savedViewsQuery = queryOptions({
  queryKey: cacheKeys.savedViews(),
  queryFn: async ({ signal }) => (await take(agent.GET("/v1/me/views", { signal }))).items,
  staleTime: 60_000,
});

/** The address of the queue that shows a saved view. */
export function searchOf(view: SavedView): QueueSearch {
  return { ...readQueueSearch({ ...view }), saved: view.id };
}

/** What a view is kept with: the question of an address, under a name. */
export interface Keeping {
  name: string;
  shared: boolean;
  search: QueueSearch;
}

const body = ({ name, shared, search: { scope, view, filter, where } }: Keeping) => ({
  name,
  shared,
  scope: scope ?? "all",
  view: view ?? "urgent",
  filter: filter ?? "",
  where: where ?? {},
});

/** Keeps a view: a new one, or another state of one that is there. */
export function useSaveView() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ had, ...keeping }: Keeping & { had?: SavedView }) =>
      take(
        had
          ? agent.PUT("/v1/me/views/{id}", { params: { path: { id: had.id } }, headers: ifMatch(had.version), body: body(keeping) })
          : agent.POST("/v1/me/views", { headers: once(newKey()), body: body(keeping) }),
      ),
    onSuccess: (saved) =>
      cache.setQueryData(savedViewsQuery.queryKey, (all) => all && [...all.filter((one) => one.id !== saved.id), saved].sort(byName)),
    onSettled: () => cache.invalidateQueries({ queryKey: cacheKeys.savedViews() }),
  });
}

/** Forgets a view. */
export function useForgetView() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (view: SavedView) =>
      take(agent.DELETE("/v1/me/views/{id}", { params: { path: { id: view.id } }, headers: ifMatch(view.version) })),
    onSuccess: (_, view) => cache.setQueryData(savedViewsQuery.queryKey, (all) => all?.filter((one) => one.id !== view.id)),
    onSettled: () => cache.invalidateQueries({ queryKey: cacheKeys.savedViews() }),
  });
}

// As the server has them: one's own first, then by name.
const byName = (a: SavedView, b: SavedView) => Number(b.mine) - Number(a.mine) || a.name.localeCompare(b.name);
