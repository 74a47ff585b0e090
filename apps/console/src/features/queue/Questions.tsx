import type { Person, Priority, Row, Status } from "@manydesk/kit/api/agent";
import { PriorityBars, usePriorityName } from "@manydesk/kit/ui/Priority";
import { StatusRing } from "@manydesk/kit/ui/Status";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { AssigneeChooser } from "../../parts/AssigneeChooser.tsx";
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
  return <AskStatus row={first} postpone={asked.what === "postpone"} onClose={onClose} onMove={rest.onMove} />;
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

function AskStatus({ row, postpone, onClose, onMove }: { row: Row; postpone: boolean; onClose: () => void; onMove: Props["onMove"] }) {
  const t = useWords(words);
  const { data } = useQuery(deskQuery(row.tenant));
  const [picked, setPicked] = useState<string | null>(null);
  const workflow = data?.settings.workflow;
  const allowed = workflow?.transitions[row.status.key] ?? [];
  const ways = (workflow?.statuses ?? []).filter((status) => allowed.includes(status.key));
  const to = ways.find((status) => (postpone ? status.category === "pending" : status.key === picked));
  if (!workflow) return null;
  if (to && (to.category === "pending" || to.comment_required)) {
    const needs = { until: to.category === "pending", comment: to.comment_required };
    return <MoveForm to={to} needs={needs} onMove={(move) => onMove(to, move)} onClose={onClose} />;
  }
  return (
    <Chooser
      title={t("status")}
      choices={ways.map((status) => ({ id: status.key, label: status.name, mark: <StatusRing category={status.category} /> }))}
      onChoose={(key) => {
        const chosen = ways.find((status) => status.key === key);
        if (!chosen) return;
        if (chosen.category === "pending" || chosen.comment_required) setPicked(key);
        else closing(onClose, () => onMove(chosen, {}))(key);
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
