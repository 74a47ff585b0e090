import type { TicketStages, TicketTask } from "@manydesk/kit/api/agent";
import { agent } from "@manydesk/kit/api/agent";
import { ifMatch, take } from "@manydesk/kit/api/client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { cacheKeys } from "../../parts/cacheKeys.ts";
import type { Place } from "./queries.ts";

const pathOf = ({ tenant, number }: Place) => ({ path: { tenant, number } });
const taskOf = ({ tenant, number }: Place, id: string) => ({ path: { tenant, number, id } });

export interface NewTask {
  title: string;
  assignee?: string;
  due_at?: string;
  group?: string;
}

export interface TaskChange {
  title?: string;
  assignee?: string | null;
  due_at?: string | null;
}

/** Refreshes the ticket and what is under it: each act is a line of its timeline. */
function useRefresh(ticket: Place) {
  const cache = useQueryClient();
  return () => {
    void cache.invalidateQueries({ queryKey: cacheKeys.ticket(ticket.tenant, ticket.number) });
  };
}

export function useAddTask(ticket: Place) {
  const refresh = useRefresh(ticket);
  return useMutation({
    mutationFn: (body: NewTask) =>
      take<TicketTask>(agent.POST("/v1/tenants/{tenant}/tickets/{number}/tasks", { params: pathOf(ticket), body })),
    onSettled: refresh,
  });
}

/** Conflict `changed_meanwhile` when somebody else changed the task. */
export function useChangeTask(ticket: Place) {
  const refresh = useRefresh(ticket);
  return useMutation({
    mutationFn: ({ task, body }: { task: TicketTask; body: TaskChange }) =>
      take<TicketTask>(
        agent.PATCH("/v1/tenants/{tenant}/tickets/{number}/tasks/{id}", {
          params: taskOf(ticket, task.id),
          headers: ifMatch(task.version),
          body,
        }),
      ),
    onSettled: refresh,
  });
}

export function useRemoveTask(ticket: Place) {
  const refresh = useRefresh(ticket);
  return useMutation({
    mutationFn: (task: TicketTask) =>
      take<void>(
        agent.DELETE("/v1/tenants/{tenant}/tickets/{number}/tasks/{id}", {
          params: taskOf(ticket, task.id),
          headers: ifMatch(task.version),
        }),
      ),
    onSettled: refresh,
  });
}

/** Ticked at once, unticked again when the server refuses. */
export function useTick(ticket: Place) {
  const cache = useQueryClient();
  const refresh = useRefresh(ticket);
  const key = cacheKeys.tasks(ticket.tenant, ticket.number);
  return useMutation({
    mutationFn: ({ task, done }: { task: TicketTask; done: boolean }) => {
      const params = taskOf(ticket, task.id);
      return take<TicketTask>(
        done
          ? agent.PUT("/v1/tenants/{tenant}/tickets/{number}/tasks/{id}/completion", { params })
          : agent.DELETE("/v1/tenants/{tenant}/tickets/{number}/tasks/{id}/completion", { params }),
      );
    },
    onMutate: ({ task, done }) => {
      const before = cache.getQueryData<{ items: TicketTask[] }>(key);
      cache.setQueryData<{ items: TicketTask[] }>(
        key,
        (list) => list && { items: list.items.map((one) => (one.id === task.id ? { ...one, state: done ? "done" : "open" } : one)) },
      );
      return { before };
    },
    onError: (_error, _what, context) => context?.before && cache.setQueryData(key, context.before),
    onSettled: refresh,
  });
}

/** Problem `tasks_open` names the tasks that are wanted first. */
export function useCompleteStage(ticket: Place) {
  const refresh = useRefresh(ticket);
  return useMutation({
    mutationFn: (stage: string) =>
      take<TicketStages>(
        agent.PUT("/v1/tenants/{tenant}/tickets/{number}/stages/{key}/completion", {
          params: { path: { tenant: ticket.tenant, number: ticket.number, key: stage } },
        }),
      ),
    onSettled: refresh,
  });
}

export function useStartProcess(ticket: Place) {
  const refresh = useRefresh(ticket);
  return useMutation({
    mutationFn: (body: { key: string; replace: boolean }) =>
      take<TicketStages>(agent.PUT("/v1/tenants/{tenant}/tickets/{number}/process", { params: pathOf(ticket), body })),
    onSettled: refresh,
  });
}
