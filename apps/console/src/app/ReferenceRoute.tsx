import { agent } from "@manydesk/kit/api/agent";
import { take } from "@manydesk/kit/api/client";
import { Skeleton } from "@manydesk/kit/ui/Skeleton";
import { useQuery } from "@tanstack/react-query";
import { Navigate, useParams } from "@tanstack/react-router";
import { Refusal } from "../parts/Refusal.tsx";

/** `/r/ACME-1042`: a ticket by the name people say; the server knows whose it is. */
export function ReferenceRoute() {
  const { ref } = useParams({ from: "/desk/r/$ref" });
  const found = useQuery({
    queryKey: ["*", "ref", ref],
    queryFn: () => take(agent.GET("/v1/refs/{ref}", { params: { path: { ref } } })),
  });
  if (found.data) return <Navigate to="/t/$tenant/tickets/$ref" params={{ tenant: found.data.tenant, ref }} replace />;
  return (
    <main>
      <h1 className="vh">{ref}</h1>
      {found.isError ? <Refusal error={found.error} onRetry={() => found.refetch()} busy={found.isFetching} /> : <Skeleton />}
    </main>
  );
}
