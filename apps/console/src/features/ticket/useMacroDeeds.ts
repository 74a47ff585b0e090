import type { Ticket } from "@manydesk/kit/api/agent";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useWindow } from "../../parts/ui.ts";
import { offeredQuery } from "./macros.ts";
import type { Question } from "./useTicketActions.tsx";
import words from "./words.json";

/** Ctrl+K knows a new task and the macros of the open ticket: each leads to the chooser, where it says what it does. */
export function useMacroDeeds(ticket: Ticket, ask: (question: Question) => void, addTask: () => void): void {
  const t = useWords(words);
  const palette = useWindow((window) => window.palette);
  const setDeeds = useWindow((window) => window.setDeeds);
  const open = ticket.status.category !== "closed";
  const { data } = useQuery({ ...offeredQuery(ticket), enabled: palette && open });
  const asked = useRef(ask);
  asked.current = ask;
  const adds = useRef(addTask);
  adds.current = addTask;
  useEffect(() => {
    if (!open) return;
    const group = ticket.ref;
    const apply = { id: "macro", group, label: t("macro.apply"), keys: "Semicolon", run: () => asked.current("macro") };
    const each = (data ?? []).map((one) => ({
      id: `macro.${one.key}`,
      group,
      label: t("macro.of", { name: one.name }),
      run: () => asked.current(`macro:${one.key}`),
    }));
    const task = { id: "task", group, label: t("key.task"), keys: "KeyT", run: () => adds.current() };
    setDeeds([task, apply, ...each]);
    return () => setDeeds([]);
  }, [open, ticket.ref, data, t, setDeeds]);
}
