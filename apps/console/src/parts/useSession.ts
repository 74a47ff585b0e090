import { agent, type MyTenant, type Session } from "@manydesk/kit/api/agent";
import { take } from "@manydesk/kit/api/client";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { cacheKeys } from "./cacheKeys.ts";

/** Who is signed in and where they may work. Throws Problem `sign_in_required` when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: cacheKeys.session(),
  queryFn: () => take<Session>(agent.GET("/v1/session")),
  staleTime: 60_000,
});

/** The session inside the signed-in part of the app, where the route has already loaded it. */
export function useSession(): Session {
  const { data } = useQuery(sessionQuery);
  if (!data) throw new Error("useSession outside the signed-in routes");
  return data;
}

/** One of my tenants, or undefined for one that is not mine (any more). */
export function useMyTenant(slug: string | undefined): MyTenant | undefined {
  return useSession().tenants.find((tenant) => tenant.slug === slug);
}
