import type { Person, Priority, Ticket } from "@manydesk/kit/api/agent";
import { toast } from "@manydesk/kit/look/toast";
import { useSentence } from "@manydesk/kit/ui/ErrorCard";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { type Change, inverse } from "../../parts/changes.ts";
import { deskQuery } from "../../parts/deskQuery.ts";
import { initialsOf } from "../../parts/initials.ts";
import type { Move } from "../../parts/MoveForm.tsx";
import { useChange } from "../../parts/useChange.ts";
import { useSession } from "../../parts/useSession.ts";
import { useFollow } from "./mutations.ts";
import words from "./words.json";

export type Question =
  | "assignee"
  | "priority"
  | "status"
  | "postpone"
  | "fields"
  | "subject"
  | "exception"
  | "macro"
  | `macro:${string}`
  | `move:${string}`;
export type TicketActions = ReturnType<typeof useTicketActions>;

/** What can be done with the open ticket: at once, shown before the server answers, with a way back. */
export function useTicketActions(ticket: Ticket, ask: (question: Question) => void) {
  const t = useWords(words);
  const sentence = useSentence();
  const { user } = useSession();
  const { data: desk } = useQuery(deskQuery(ticket.tenant));
  const { mutate } = useChange();
  const follow = useFollow(ticket);
  const may = (what: string): boolean => ticket.abilities.includes(what);
  const solution = ticket.transitions.find(({ to }) => to.category === "resolved");

  const change = (wanted: Change, text?: string) => {
    const needed = wanted.kind === "assignee" ? "assign" : wanted.kind;
    if (!may(needed)) return void toast({ text: t("mayNot"), kind: "bad" });
    mutate(
      { row: ticket, change: wanted },
      {
        onError: (error) => void toast({ text: sentence(error), kind: "bad" }),
        onSuccess: (changed) => {
          const workflow = desk?.settings.workflow;
          const back = workflow && inverse(ticket, wanted, workflow.transitions, workflow.statuses);
          if (text && back) toast({ text, key: ticket.ref, undo: { run: () => mutate({ row: changed, change: back }) } });
        },
      },
    );
  };
  const moveTo = (key: string, more?: Move) => {
    const way = ticket.transitions.find(({ to }) => to.key === key);
    if (!way) return;
    if (!more && (way.comment_required || way.until_required || way.fields_required)) return ask(`move:${key}`);
    change({ kind: "status", to: way.to, ...more }, way.to.category === "resolved" ? t("resolved", { ref: ticket.ref }) : undefined);
  };
  const me: Person = { id: user.id, name: user.name, kind: "staff", initials: initialsOf(user.name) };
  const following = ticket.followers.some((person) => person.id === user.id);
  return {
    ask,
    moveTo,
    following,
    canResolve: may("status") && solution !== undefined,
    resolve: () => solution && moveTo(solution.to.key),
    take: () => change({ kind: "assignee", person: me }),
    assign: (person: Person | null, reason?: string) => change({ kind: "assignee", person, reason }),
    prioritise: (priority: Priority) => change({ kind: "priority", priority }),
    follow: () => follow.mutate(!following, { onError: (error) => void toast({ text: sentence(error), kind: "bad" }) }),
    copyLink: () => {
      const done = navigator.clipboard?.writeText(`${location.origin}/t/${ticket.tenant}/tickets/${ticket.ref}`);
      void done?.then(() => toast({ text: t("copied") })).catch(() => {});
    },
  };
}
