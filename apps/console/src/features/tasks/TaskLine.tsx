import type { Ticket, TicketTask } from "@manydesk/kit/api/agent";
import { useNow } from "@manydesk/kit/clock/useNow";
import { cx } from "@manydesk/kit/look/cx";
import { toast } from "@manydesk/kit/look/toast";
import { IconButton } from "@manydesk/kit/ui/Button";
import { Checkbox } from "@manydesk/kit/ui/Choice";
import { useSentence } from "@manydesk/kit/ui/ErrorCard";
import { Menu, type MenuEntry } from "@manydesk/kit/ui/Menu";
import { useWords } from "@manydesk/kit/words/useWords";
import { Ellipsis, Pencil, Trash2, UserRound } from "lucide-react";
import { useSession } from "../../parts/useSession.ts";
import { Due } from "./Due.tsx";
import { useChangeTask, useTick } from "./mutations.ts";
import css from "./Tasks.module.css";
import words from "./words.json";

interface Props {
  ticket: Ticket;
  task: TicketTask;
  onChange: () => void;
  onRemove: () => void;
}

/** One task: ticked at once, with whoever has it and when it is due. */
export function TaskLine({ ticket, task, onChange, onRemove }: Props) {
  const t = useWords(words);
  const now = useNow(30);
  const sentence = useSentence();
  const tick = useTick(ticket);
  const items = useItems({ ticket, task, onChange, onRemove });
  const done = task.state === "done";
  const bad = (error: unknown) => void toast({ text: sentence(error), kind: "bad" });
  return (
    <li className={css.task}>
      <Checkbox
        aria-label={task.title}
        checked={done}
        disabled={!task.abilities.includes(done ? "reopen" : "complete")}
        onChange={(next) => tick.mutate({ task, done: next }, { onError: bad })}
      />
      <span className={cx(css.title, done && css.over)}>{task.title}</span>
      {items.length > 0 && (
        <Menu align="end" button={<IconButton icon={Ellipsis} size="xs" label={t("actions", { title: task.title })} />} items={items} />
      )}
      {!done && (task.required || task.group || task.assignee || task.due_at) && (
        <span className={css.more}>
          {task.required && <span>{t("required")}</span>}
          {task.assignee ? <span>{task.assignee.name}</span> : task.group && <span>{task.group.name}</span>}
          <Due at={task.due_at} now={now} />
        </span>
      )}
    </li>
  );
}

function useItems({ ticket, task, onChange, onRemove }: Props): MenuEntry[] {
  const t = useWords(words);
  const sentence = useSentence();
  const { user } = useSession();
  const change = useChangeTask(ticket);
  const bad = (error: unknown) => void toast({ text: sentence(error), kind: "bad" });
  const items: MenuEntry[] = [];
  if (task.abilities.includes("edit")) {
    if (task.assignee?.id !== user.id) {
      items.push({
        label: t("take"),
        icon: UserRound,
        onSelect: () => change.mutate({ task, body: { assignee: "me" } }, { onError: bad }),
      });
    }
    items.push({ label: t("change"), icon: Pencil, onSelect: onChange });
  }
  if (task.abilities.includes("remove")) {
    items.push({ label: t("remove"), icon: Trash2, danger: true, onSelect: onRemove });
  }
  return items;
}
