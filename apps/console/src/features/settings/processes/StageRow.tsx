import type { ProcessSpec, ProcessStage } from "@manydesk/kit/api/route";
import { cx } from "@manydesk/kit/look/cx";
import { IconButton } from "@manydesk/kit/ui/Button";
import { Icon } from "@manydesk/kit/ui/Icon";
import { useWords } from "@manydesk/kit/words/useWords";
import { ArrowDown, ArrowUp, GripVertical, Trash2 } from "lucide-react";
import { useState } from "react";
import type { Draft } from "../drafting/useDrafted.ts";
import { labelOf, type RouteNames } from "../routing/useRouteNames.ts";
import css from "./Processes.module.css";
import { StageBody } from "./StageBody.tsx";
import words from "./words.json";

interface Props {
  tenant: string;
  stage: ProcessStage;
  name: string;
  at: number;
  last: boolean;
  open: boolean;
  draft: Draft<ProcessSpec>;
  names: RouteNames;
  readOnly: boolean;
  dragged: boolean;
  dropping: boolean;
  onOpen: () => void;
  onChange: (part: Partial<ProcessStage>) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
  onDrag: { start: () => void; enter: () => void; drop: () => void; end: () => void };
}

/** A stage as a line: its number, its name, who does it and in what time; open, the whole of it. */
export function StageRow(props: Props) {
  const { stage, name, at, last, open, draft, names, readOnly, onOpen, onMove, onRemove, onDrag } = props;
  const t = useWords(words);
  // Only the grip drags: text inside an open stage stays selectable.
  const [held, setHeld] = useState(false);
  const brief = [
    stage.beside && t("beside"),
    stage.group && labelOf(names.groups, stage.group),
    stage.person && labelOf(names.people, stage.person),
    stage.hours && t("hours.of", { n: stage.hours }),
    (stage.tasks?.length ?? 0) > 0 && t("tasks.count", { n: stage.tasks?.length ?? 0 }),
  ].filter(Boolean);
  const wrong = ["name/ru", "name/en", "group", "person", "hours", "key", "tasks", "beside"].some((part) =>
    draft.error(`stages/${at}/${part}`),
  );
  return (
    <li
      data-stage={stage.key}
      className={cx(css.stage, props.dragged && css.dragged, props.dropping && css.over)}
      draggable={held}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", name);
        onDrag.start();
      }}
      onDragEnter={onDrag.enter}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        onDrag.drop();
      }}
      onDragEnd={() => {
        setHeld(false);
        onDrag.end();
      }}
    >
      <div className={css.head}>
        {!readOnly && (
          <span className={css.grip} title={t("grip")} onPointerDown={() => setHeld(true)} onPointerUp={() => setHeld(false)}>
            <Icon of={GripVertical} size={14} />
          </span>
        )}
        <span className={css.no}>{at + 1}</span>
        <button type="button" data-name className={css.name} aria-expanded={open} onClick={onOpen}>
          {name}
        </button>
        {brief.length > 0 && !open && <span className={css.brief}>{brief.join(" · ")}</span>}
        {wrong && !open && <span className={css.bad}>{t("stage.wrong")}</span>}
        {!readOnly && (
          <span className={css.acts}>
            <IconButton
              size="xs"
              icon={ArrowUp}
              label={t("up.of", { name })}
              keys="Alt+ArrowUp"
              disabled={at === 0}
              onClick={() => onMove(-1)}
            />
            <IconButton
              size="xs"
              icon={ArrowDown}
              label={t("down.of", { name })}
              keys="Alt+ArrowDown"
              disabled={last}
              onClick={() => onMove(1)}
            />
            <IconButton size="xs" icon={Trash2} label={t("stage.remove", { name })} disabled={at === 0 && last} onClick={onRemove} />
          </span>
        )}
      </div>
      {open && <StageBody {...props} />}
    </li>
  );
}
