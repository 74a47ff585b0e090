import { Toasts } from "@manydesk/kit/ui/Toasts";
import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import css from "./App.module.css";
import type { makeRouter } from "./router.tsx";

export function App({ cache, router }: { cache: QueryClient; router: ReturnType<typeof makeRouter> }) {
  return (
    <QueryClientProvider client={cache}>
      <RouterProvider router={router} />
      <div className={css.toasts}>
        <Toasts undoKeys="Mod+KeyZ" />
      </div>
    </QueryClientProvider>
  );
}
