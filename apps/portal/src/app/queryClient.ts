import { isProblem } from "@manydesk/kit/api/problem";
import { QueryClient } from "@tanstack/react-query";

/** Answers of the server, kept while the page is open. What was refused on purpose is not asked again. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: (count, error) => count < 2 && isProblem(error) && (error.status === 0 || error.status >= 502),
        // Without a line the question is asked all the same: the answer is a sentence, not silence.
        networkMode: "always",
        staleTime: 5_000,
        gcTime: 1_800_000,
      },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}
