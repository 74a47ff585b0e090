import { agent } from "@manydesk/kit/api/agent";
import type { components } from "@manydesk/kit/api/agent.gen";
import { ifMatch, take } from "@manydesk/kit/api/client";
import { infiniteQueryOptions, keepPreviousData, useMutation, useQueryClient } from "@tanstack/react-query";
import { cacheKeys } from "../../../parts/cacheKeys.ts";

export type Company = components["schemas"]["Company"];
export type CompanyChange = components["schemas"]["CompanyBody"];

/** Companies by name, page by page; of `words` those whose name or domain has them. */
export const companiesQuery = (tenant: string, words: string) =>
  infiniteQueryOptions({
    queryKey: cacheKeys.companies(tenant, words),
    queryFn: ({ pageParam, signal }) =>
      take(
        agent.GET("/v1/tenants/{tenant}/companies", {
          params: { path: { tenant }, query: { q: words || undefined, cursor: pageParam ?? undefined, limit: 50 } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });

/** Changes a company, or adds one. Problem `changed_meanwhile` when somebody else changed it; `validation_failed` names the fields. */
export function useSaveCompany(tenant: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ company, change }: { company: Company | null; change: CompanyChange }) =>
      take<Company>(
        company
          ? agent.PATCH("/v1/tenants/{tenant}/companies/{id}", {
              params: { path: { tenant, id: company.id } },
              headers: ifMatch(company.version),
              body: change,
            })
          : agent.POST("/v1/tenants/{tenant}/companies", { params: { path: { tenant } }, body: change }),
      ),
    onSettled: () => cache.invalidateQueries({ queryKey: cacheKeys.allCompanies(tenant) }),
  });
}
