import type { Entry, MyTenant, Ticket } from "@manydesk/kit/api/agent";
import { useKeys } from "@manydesk/kit/keys/useKeys";
import { tenantProps } from "@manydesk/kit/look/tenant";
import { toast } from "@manydesk/kit/look/toast";
import { Banner } from "@manydesk/kit/ui/Banner";
import { Button } from "@manydesk/kit/ui/Button";
import { useSentence } from "@manydesk/kit/ui/ErrorCard";
import { useWords } from "@manydesk/kit/words/useWords";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useCallback, useMemo, useState } from "react";
import { tagCopies } from "../../parts/clipboard.ts";
import { useWatch } from "../../parts/live.ts";
import { useUndoSend } from "../../parts/sending.ts";
import { useWindow } from "../../parts/ui.ts";
import { useSession } from "../../parts/useSession.ts";
import { useTitle } from "../../parts/useTitle.ts";
import { Facts } from "./Facts.tsx";
import { Header } from "./Header.tsx";
import { useRetry } from "./mutations.ts";
import { earlierQuery } from "./queries.ts";
import { Side } from "./Side.tsx";
import { Thread } from "./Thread.tsx";
import css from "./Ticket.module.css";
import { TicketQuestions } from "./TicketQuestions.tsx";
import { mergeEntries } from "./thread.ts";
import { useMacroDeeds } from "./useMacroDeeds.ts";
import { type Question, useTicketActions } from "./useTicketActions.tsx";
import { WhySheet } from "./WhySheet.tsx";
import words from "./words.json";

/** What the page and the composer tell each other. */
export interface ComposerSlot {
  ticket: Ticket;
  tenant: MyTenant;
  mode: "reply" | "note";
  onMode: (mode: "reply" | "note") => void;
  /** Counts up when the text shall have the focus. */
  focus: number;
  /** The newest public entry that was in sight: what a reply answers. */
  seen: number;
  /** The conversation's end shall be shown: after a send, or to read what arrived. */
  onShow: () => void;
  /** Sent and resolved: on to the next one. */
  onNext: () => void;
}

interface Props {
  ticket: Ticket;
  tenant: MyTenant;
  startMode: "reply" | "note" | undefined;
  /** It opens with the explanation of its deadlines. */
  startWhy: boolean;
  onTake: () => void;
  composer: (slot: ComposerSlot) => ReactNode;
  tasks: (slot: TasksSlot) => ReactNode;
}

/** What the list of tasks is told; focus counts up when one shall be typed. */
export interface TasksSlot {
  ticket: Ticket;
  focus: number;
}

/** The workspace of one ticket. Its tenant stands in the address and in every line of the page. */
export function TicketPage({ ticket, tenant, startMode, startWhy, onTake, composer, tasks }: Props) {
  const t = useWords(words);
  const go = useNavigate();
  const sentence = useSentence();
  const { user } = useSession();
  const [question, setQuestion] = useState<Question | null>(null);
  const [mode, setMode] = useState<"reply" | "note">(startMode ?? (ticket.abilities.includes("reply") ? "reply" : "note"));
  const [focus, setFocus] = useState(startMode ? 1 : 0);
  const [seen, setSeen] = useState(0);
  const [show, setShow] = useState(0);
  const [details, setDetails] = useState(false);
  const [typing, setTyping] = useState(0);
  const [why, setWhy] = useState(startWhy);
  const actions = useTicketActions(ticket, setQuestion);
  const { mutate: undo } = useUndoSend(ticket);
  const retry = useRetry(ticket);
  const before = useInfiniteQuery(earlierQuery(ticket));
  const entries = useMemo(
    () => mergeEntries(...(before.data?.pages.map((page) => page.items) ?? []), ticket.timeline?.items ?? []),
    [before.data, ticket.timeline],
  );
  useTitle(`${ticket.ref} ${ticket.subject}`);
  useWatch(`ticket:${ticket.tenant}/${ticket.number}`);

  const trail = useWindow((window) => window.trail);
  const at = trail.findIndex((one) => one.tenant === ticket.tenant && one.ref === ticket.ref);
  const step = (by: number) => {
    const to = at < 0 ? undefined : trail[at + by];
    return to && (() => void go({ to: "/t/$tenant/tickets/$ref", params: to }));
  };
  const write = (next: "reply" | "note") => {
    if (!ticket.abilities.includes(next)) return;
    setMode(next);
    setFocus((n) => n + 1);
  };
  const addTask = () => {
    setDetails(true);
    setTyping((n) => n + 1);
  };
  useMacroDeeds(ticket, setQuestion, addTask);
  const back = () => go({ to: "/q" });
  const held = entries.findLast((entry) => entry.state === "held" && entry.author.id === user.id);
  const onUndo = useCallback((entry: Entry) => undo(entry), [undo]);
  const { mutate: sendAgain } = retry;
  const onRetry = useCallback(
    (message: string) => {
      sendAgain(message, {
        onSuccess: () => void toast({ text: t("retried") }),
        onError: (error) => void toast({ text: sentence(error), kind: "bad" }),
      });
    },
    [sendAgain, sentence, t],
  );

  const next = step(1);
  useKeys(ticket.ref, [
    { id: "ticket.reply", keys: "KeyR", label: t("key.reply"), run: () => write("reply") },
    { id: "ticket.note", keys: "KeyM", label: t("key.note"), run: () => write("note") },
    { id: "ticket.resolve", keys: "KeyE", label: t("resolve"), run: actions.resolve },
    { id: "ticket.status", keys: "KeyS", label: t("status"), run: () => setQuestion("status") },
    { id: "ticket.postpone", keys: "KeyH", label: t("postpone"), run: () => setQuestion("postpone") },
    { id: "ticket.priority", keys: "KeyP", label: t("priority"), run: () => setQuestion("priority") },
    { id: "ticket.assign", keys: "KeyA", label: t("assign"), run: () => setQuestion("assignee") },
    { id: "ticket.take", keys: "KeyI", label: t("take"), run: actions.take },
    { id: "ticket.fields", keys: "KeyF", label: t("fields"), run: () => setQuestion("fields") },
    { id: "ticket.task", keys: "KeyT", label: t("key.task"), run: addTask },
    { id: "ticket.macro", keys: "Semicolon", label: t("macro.apply"), run: () => setQuestion("macro") },
    { id: "ticket.why", keys: "KeyW", label: t("why.title"), run: () => setWhy(true) },
    { id: "ticket.copy", keys: "KeyY", label: t("copyLink"), run: actions.copyLink },
    { id: "ticket.actions", keys: "Period", label: t("actions"), run: () => document.getElementById("ticket-actions")?.click() },
    { id: "ticket.previous", keys: "BracketLeft", label: t("previous"), run: () => step(-1)?.() },
    { id: "ticket.following", keys: "BracketRight", label: t("following"), run: () => next?.() },
    { id: "ticket.next", keys: "KeyN", label: t("next"), run: onTake },
    { id: "ticket.back", keys: "KeyU", label: t("back"), run: back },
  ]);
  useKeys(ticket.ref, [{ id: "ticket.undo", keys: "Mod+KeyZ", label: t("undo"), run: () => held && undo(held) }], {
    active: held !== undefined,
  });

  const firstLoaded = entries[0]?.seq ?? 1;
  const more = before.data ? before.hasNextPage : firstLoaded > 1 && ticket.timeline?.next !== null;
  return (
    <main className={css.page} {...tenantProps(tenant)} onCopy={(event) => tagCopies(event.nativeEvent, tenant)}>
      <Header ticket={ticket} tenant={tenant} actions={actions} onBack={back} onDetails={() => setDetails(!details)} />
      <Facts ticket={ticket} tenant={tenant} onPrevious={step(-1)} onFollowing={next} onNext={onTake} onWhy={() => setWhy(true)} />
      <Thread
        ticket={ticket}
        tenant={tenant}
        me={user.id}
        entries={entries}
        more={more}
        loadingMore={before.isFetching}
        onMore={() => (before.data ? before.fetchNextPage() : before.refetch())}
        notices={<Notices ticket={ticket} tenant={tenant} onRetry={onRetry} />}
        onUndo={onUndo}
        onRetry={onRetry}
        onFields={() => setQuestion("fields")}
        onSeen={setSeen}
        show={show}
        foot={composer({
          ticket,
          tenant,
          mode,
          onMode: write,
          focus,
          seen,
          onShow: () => setShow((n) => n + 1),
          onNext: () => (next ?? onTake)(),
        })}
      />
      <Side ticket={ticket} open={details} tasks={tasks({ ticket, focus: typing })} onWhy={() => setWhy(true)} />
      <WhySheet ticket={ticket} open={why} onClose={() => setWhy(false)} onExcept={() => setQuestion("exception")} />
      <TicketQuestions
        question={question}
        ticket={ticket}
        actions={actions}
        onReply={() => write("reply")}
        onClose={() => setQuestion(null)}
      />
    </main>
  );
}

function Notices({ ticket, tenant, onRetry }: { ticket: Ticket; tenant: MyTenant; onRetry: (message: string) => void }) {
  const t = useWords(words);
  const closed = ticket.status.category === "closed";
  if (ticket.problems.length === 0 && !ticket.merged_into && !closed) return null;
  return (
    <div className={css.notices}>
      {ticket.problems.map((problem) => (
        <Banner
          key={`${problem.kind}${problem.comment}`}
          kind="danger"
          live="alert"
          actions={
            <Button size="xs" onClick={() => onRetry(problem.message)}>
              {t("retry")}
            </Button>
          }
        >
          <b>{t(`problem.${problem.kind}`)}</b> {problem.text}
        </Banner>
      ))}
      {ticket.merged_into && <Banner kind="info">{t("merged", { ref: ticket.merged_into })}</Banner>}
      {closed && <Banner kind="info">{t("closed")}</Banner>}
      {!closed && !ticket.abilities.includes("reply") && <Banner kind="info">{t("noReply", { name: tenant.name })}</Banner>}
    </div>
  );
}
