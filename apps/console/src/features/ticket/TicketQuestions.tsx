import type { Priority, Ticket } from "@manydesk/kit/api/agent";
import { PriorityBars, usePriorityName } from "@manydesk/kit/ui/Priority";
import { StatusRing } from "@manydesk/kit/ui/Status";
import { useWords } from "@manydesk/kit/words/useWords";
import { lazy, Suspense } from "react";
import { AssigneeChooser } from "../../parts/AssigneeChooser.tsx";
import { Chooser } from "../../parts/Chooser.tsx";
import { MoveForm } from "../../parts/MoveForm.tsx";
import { FieldsForm } from "./FieldsForm.tsx";
import { MacroChooser } from "./MacroChooser.tsx";
import { SubjectForm } from "./SubjectForm.tsx";
import type { Question, TicketActions } from "./useTicketActions.tsx";
import words from "./words.json";

const ExceptionForm = lazy(async () => ({ default: (await import("./ExceptionForm.tsx")).ExceptionForm }));

interface Props {
  question: Question | null;
  ticket: Ticket;
  actions: TicketActions;
  /** A macro has prepared a reply. */
  onReply: () => void;
  onClose: () => void;
}

/** Whatever an action of the ticket has to ask first. */
export function TicketQuestions({ question, ticket, actions, onReply, onClose }: Props) {
  const t = useWords(words);
  const name = usePriorityName();
  if (question === null) return null;
  if (question === "fields") return <FieldsForm ticket={ticket} onClose={onClose} />;
  if (question === "subject") return <SubjectForm ticket={ticket} onClose={onClose} />;
  if (question === "macro" || question.startsWith("macro:"))
    return <MacroChooser ticket={ticket} chosen={question.slice("macro:".length)} onReply={onReply} onClose={onClose} />;
  if (question === "exception")
    return (
      <Suspense fallback={null}>
        <ExceptionForm ticket={ticket} onClose={onClose} />
      </Suspense>
    );
  if (question === "assignee")
    return (
      <AssigneeChooser
        tenant={ticket.tenant}
        chosen={ticket.assignee?.id}
        explained={Boolean(ticket.assignee || ticket.group)}
        onAssign={actions.assign}
        onClose={onClose}
      />
    );
  const close = (act: () => void) => {
    onClose();
    act();
  };
  if (question === "priority") {
    const all: Priority[] = [1, 2, 3, 4];
    return (
      <Chooser
        title={t("priority")}
        choices={all.map((one) => ({ id: String(one), label: name(one), hint: `P${one}`, mark: <PriorityBars priority={one} wordless /> }))}
        chosen={String(ticket.priority)}
        onChoose={(id) => close(() => actions.prioritise(all.find((one) => String(one) === id) ?? ticket.priority))}
        onClose={onClose}
      />
    );
  }
  const pending = ticket.transitions.find(({ to }) => to.category === "pending");
  const way = question === "postpone" ? pending : ticket.transitions.find(({ to }) => question === `move:${to.key}`);
  if (way) {
    const needs = { until: way.until_required, comment: way.comment_required };
    const asked = { tenant: ticket.tenant, number: ticket.number, type: ticket.type, fields: ticket.type_def.fields };
    return <MoveForm to={way.to} needs={needs} ticket={asked} onMove={(move) => actions.moveTo(way.to.key, move)} onClose={onClose} />;
  }
  return (
    <Chooser
      title={t("status")}
      choices={ticket.transitions.map(({ to }) => ({ id: to.key, label: to.name, mark: <StatusRing category={to.category} /> }))}
      onChoose={(key) => close(() => actions.moveTo(key))}
      onClose={onClose}
    />
  );
}
