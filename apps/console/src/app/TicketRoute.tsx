import { Skeleton } from "@manydesk/kit/ui/Skeleton";
import { useQuery } from "@tanstack/react-query";
import { useParams, useSearch } from "@tanstack/react-router";
import { ReplyBox } from "../features/composer/ReplyBox.tsx";
import { useNext } from "../features/queue/useNext.ts";
import { TasksPanel } from "../features/tasks/TasksPanel.tsx";
import { ticketQuery } from "../features/ticket/queries.ts";
import { TicketPage } from "../features/ticket/TicketPage.tsx";
import { Refusal } from "../parts/Refusal.tsx";
import { useMyTenant } from "../parts/useSession.ts";

/** `/t/acme/tickets/ACME-1042`: the number is read from the name, the tenant from the path. */
export function TicketRoute() {
  const { tenant: slug, ref } = useParams({ from: "/desk/t/$tenant/tickets/$ref" });
  const { mode, why } = useSearch({ from: "/desk/t/$tenant/tickets/$ref" });
  const tenant = useMyTenant(slug);
  const number = Number(ref.match(/\d+$/)?.[0] ?? 0);
  const ticket = useQuery(ticketQuery(slug, number));
  const take = useNext("all");
  if (!ticket.data || !tenant) {
    return (
      <main>
        <h1 className="vh">{ref}</h1>
        {ticket.isPending ? (
          <div style={{ padding: 24, maxWidth: 720 }}>
            <Skeleton lines={8} />
          </div>
        ) : (
          <Refusal error={ticket.error} onRetry={() => ticket.refetch()} busy={ticket.isFetching} />
        )}
      </main>
    );
  }
  const key = `${slug}/${number}`;
  return (
    <TicketPage
      key={key}
      ticket={ticket.data}
      tenant={tenant}
      startMode={mode}
      startWhy={why === true}
      onTake={take}
      tasks={(slot) => <TasksPanel {...slot} />}
      composer={(slot) => <ReplyBox key={key} {...slot} />}
    />
  );
}
