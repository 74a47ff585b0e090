import { take } from "@manydesk/kit/api/client";
import { type Home, type PortalSession, portal, type RequestPage, type RequestRow, type Site } from "@manydesk/kit/api/portal";
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, useContext } from "react";

/** A client's session; the server also says the zone of the profile. */
export type Session = PortalSession & { contact: PortalSession["contact"] & { time_zone?: string | null } };
export type State = "in_work" | "resolved" | "all";

export const keys = {
  site: () => ["site"] as const,
  session: () => ["session"] as const,
  home: () => ["home"] as const,
  lists: () => ["requests"] as const,
  list: (whose: "mine" | "company", state: State) => ["requests", whose, state] as const,
  promised: (type: string) => ["promised", type] as const,
  form: (type: string, fields: Record<string, unknown>) => ["form", type, fields] as const,
  request: (number: number) => ["request", number] as const,
};

export const Tenant = createContext("");

/** The slug in the API's paths. */
export function useTenant(): { tenant: string } {
  return { tenant: useContext(Tenant) };
}

export function useSite(): Site {
  const path = useTenant();
  const { data } = useQuery({
    queryKey: keys.site(),
    queryFn: ({ signal }) => take(portal.GET("/v1/portal/{tenant}/site", { params: { path }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!data) throw new Error("the portal began without its site");
  return data;
}

/** Who is signed in; null is nobody. It is known from the first moment. */
export function useSession(): Session | null {
  const path = useTenant();
  const { data } = useQuery<Session | null>({
    queryKey: keys.session(),
    queryFn: ({ signal }) => take(portal.GET("/v1/portal/{tenant}/session", { params: { path }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data ?? null;
}

export function useMe(): Session["contact"] {
  const session = useSession();
  if (!session) throw new Error("this page is for those who have signed in");
  return session.contact;
}

export function useHome() {
  const path = useTenant();
  return useQuery<Home>({
    queryKey: keys.home(),
    queryFn: ({ signal }) => take(portal.GET("/v1/portal/{tenant}/home", { params: { path }, signal })),
  });
}

export function useRequests(whose: "mine" | "company", state: State) {
  const path = useTenant();
  const place = whose === "mine" ? "/v1/portal/{tenant}/requests" : "/v1/portal/{tenant}/company-requests";
  return useInfiniteQuery({
    queryKey: keys.list(whose, state),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }) => take(portal.GET(place, { params: { path, query: { state, cursor } }, signal })),
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export function useRequest(number: number) {
  const path = useTenant();
  return useQuery<RequestPage>({
    queryKey: keys.request(number),
    queryFn: ({ signal }) => take(portal.GET("/v1/portal/{tenant}/requests/{number}", { params: { path: { ...path, number } }, signal })),
    enabled: number > 0,
  });
}

/** After a change: the request as the server gave it, and the lists read again. */
export function useTakeIn(): (page: RequestPage) => void {
  const cache = useQueryClient();
  return (page) => {
    cache.setQueryData(keys.request(page.number), page);
    cache.invalidateQueries({ queryKey: keys.home() });
    cache.invalidateQueries({ queryKey: keys.lists() });
  };
}

export function can(row: Pick<RequestRow, "abilities">, what: string): boolean {
  return row.abilities.includes(what);
}
