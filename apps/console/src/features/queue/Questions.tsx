import type { Person, Priority, Row, Status } from "@manydesk/kit/api/agent";
import { PriorityBars, usePriorityName } from "@manydesk/kit/ui/Priority";
import { StatusRing } from "@manydesk/kit/ui/Status";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { AssigneeChooser } from "../../parts/AssigneeChooser.tsx";
import { formQuery, unanswered } from "../../parts/asking.ts";
import { Chooser } from "../../parts/Chooser.tsx";
import { deskQuery } from "../../parts/deskQuery.ts";
import { type Move, MoveForm } from "../../parts/MoveForm.tsx";
import words from "./words.json";

export interface Asked {
  what: "assignee" | "priority" | "status" | "postpone";
  rows: Row[];
}

interface Props {
  asked: Asked | null;
  onClose: () => void;
  onAssign: (person: Person | null, reason: string) => void;
  onPriority: (priority: Priority) => void;
  onMove: (to: Status, move: Move) => void;
}

/** What a triage key asks before it acts. Rows of several tenants get what the first one's tenant offers. */
export function Questions({ asked, onClose, ...rest }: Props) {
  const [first] = asked?.rows ?? [];
  if (!asked || !first) return null;
  if (asked.what === "assignee")
    return (
      <AssigneeChooser
        tenant={first.tenant}
        chosen={first.assignee?.id}
        explained={asked.rows.length > 1 || first.assignee !== null}
        onAssign={rest.onAssign}
        onClose={onClose}
      />
    );
  if (asked.what === "priority") return <AskPriority row={first} onClose={onClose} onPriority={rest.onPriority} />;
  return (
    <AskStatus row={first} alone={asked.rows.length === 1} postpone={asked.what === "postpone"} onClose={onClose} onMove={rest.onMove} />
  );
}

function AskPriority({ row, onClose, onPriority }: { row: Row; onClose: () => void; onPriority: Props["onPriority"] }) {
  const t = useWords(words);
  const name = usePriorityName();
  const all: Priority[] = [1, 2, 3, 4];
  const choices = all.map((priority) => ({
    id: String(priority),
    label: name(priority),
    hint: `P${priority}`,
    mark: <PriorityBars priority={priority} wordless />,
  }));
  return (
    <Chooser
      title={t("priority")}
      choices={choices}
      chosen={String(row.priority)}
      onChoose={closing(onClose, (id) => onPriority(all.find((one) => String(one) === id) ?? row.priority))}
      onClose={onClose}
    />
  );
}

interface StatusProps {
  row: Row;
  /** Only of one ticket's form it can be told what it asks. */
  alone: boolean;
  postpone: boolean;
  onClose: () => void;
  onMove: Props["onMove"];
}

function AskStatus({ row, alone, postpone, onClose, onMove }: StatusProps) {
  const t = useWords(words);
  const cache = useQueryClient();
  const { data } = useQuery(deskQuery(row.tenant));
  const [picked, setPicked] = useState<string | null>(null);
  const workflow = data?.settings.workflow;
  const fields = data?.settings.types.find((type) => type.key === row.type)?.fields ?? [];
  const allowed = workflow?.transitions[row.status.key] ?? [];
  const ways = (workflow?.statuses ?? []).filter((status) => allowed.includes(status.key));
  const to = ways.find((status) => (postpone ? status.category === "pending" : status.key === picked));
  if (!workflow) return null;
  if (to) {
    const needs = { until: to.category === "pending", comment: to.comment_required };
    const ticket = alone && fields.some((field) => field.conditional) ? { ...row, fields } : undefined;
    return <MoveForm to={to} needs={needs} ticket={ticket} onMove={(move) => onMove(to, move)} onClose={onClose} />;
  }
  const choose = async (chosen: (typeof ways)[number]) => {
    if (chosen.category === "pending" || chosen.comment_required) return setPicked(chosen.key);
    if (alone && fields.some((field) => field.conditional)) {
      // What cannot be asked is refused by the move itself, with its sentence.
      const asked = await cache.fetchQuery(formQuery(row.tenant, row.type, { ticket: row.number, status: chosen.key })).catch(() => []);
      if (unanswered(asked, {}).some((key) => asked.some((one) => one.key === key && one.new))) return setPicked(chosen.key);
    }
    onClose();
    onMove(chosen, {});
  };
  return (
    <Chooser
      title={t("status")}
      choices={ways.map((status) => ({ id: status.key, label: status.name, mark: <StatusRing category={status.category} /> }))}
      onChoose={(key) => {
        const chosen = ways.find((status) => status.key === key);
        if (chosen) void choose(chosen);
      }}
      onClose={onClose}
    />
  );
}

function closing(close: () => void, act: (id: string) => void): (id: string) => void {
  return (id) => {
    close();
    act(id);
  };
}
