import { cx } from "@manydesk/kit/look/cx";
import { Badge } from "@manydesk/kit/ui/Badge";
import { Button, IconButton } from "@manydesk/kit/ui/Button";
import { Icon } from "@manydesk/kit/ui/Icon";
import { LoadBar } from "@manydesk/kit/ui/LoadBar";
import { useWords } from "@manydesk/kit/words/useWords";
import { ArrowDown, ArrowRight, ArrowUp, Copy, CornerRightDown, GripVertical, TriangleAlert } from "lucide-react";
import { useState } from "react";
import type { Draft } from "../drafting/useDrafted.ts";
import type { Mark } from "./edit.ts";
import css from "./Routing.module.css";
import { RuleBody } from "./RuleBody.tsx";
import { RuleName } from "./RuleName.tsx";
import { whereText } from "./say.ts";
import type { Rule, Rules } from "./spec.ts";
import type { RouteNames } from "./useRouteNames.ts";
import words from "./words.json";

interface Props {
  tenant: string;
  rule: Rule;
  name: string;
  index: number;
  last: boolean;
  open: boolean;
  mark: Mark;
  hits: number | undefined;
  unreachable: string | undefined;
  problems: readonly string[];
  draft: Draft<Rules>;
  names: RouteNames;
  readOnly: boolean;
  dragged: boolean;
  dropping: boolean;
  onOpen: () => void;
  onChange: (part: Partial<Rule>) => void;
  onMove: (by: -1 | 1) => void;
  onCopy: () => void;
  onDrag: { start: () => void; enter: () => void; drop: () => void; end: () => void };
}

/** A rule as a line of 40; open, the whole of its sentence. */
export function RuleRow(props: Props) {
  const { rule, name, index, last, open, mark, hits, unreachable, problems, names, readOnly, onOpen, onMove, onCopy, onDrag } = props;
  const t = useWords(words);
  // Only the grip drags: text inside an open rule stays selectable.
  const [held, setHeld] = useState(false);
  const warning = problems[0] ?? unreachable;
  return (
    <li
      data-rule={rule.key}
      className={cx(css.rule, open && css.open, props.dragged && css.dragged, props.dropping && css.over, rule.off && css.off)}
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
      <div className={css.row} data-head="">
        {readOnly ? (
          <span />
        ) : (
          <span className={css.grip} title={t("grip")} onPointerDown={() => setHeld(true)} onPointerUp={() => setHeld(false)}>
            <Icon of={GripVertical} />
          </span>
        )}
        <span className={css.no}>{index + 1}</span>
        <span className={css.title}>
          {warning ? (
            <span className={css.alarm}>
              <Icon of={TriangleAlert} />
            </span>
          ) : (
            mark && <span className={css.dot} />
          )}
          <button
            type="button"
            data-name=""
            className={css.name}
            aria-expanded={open}
            aria-label={t("named", { n: index + 1, name })}
            onClick={onOpen}
          >
            {name}
          </button>
          {open && !readOnly && <RuleName name={rule.name} onChange={(next) => props.onChange({ name: next })} />}
          {mark && (open || !warning) && <Badge tone="box">{t(`mark.${mark}`)}</Badge>}
          {rule.off && <Badge>{t("off")}</Badge>}
          {warning && !open && <span className={css.warning}>{warning}</span>}
        </span>
        {open && !readOnly ? (
          <span className={css.acts}>
            <IconButton size="xs" icon={ArrowUp} label={t("up")} keys="Alt+ArrowUp" disabled={index === 0} onClick={() => onMove(-1)} />
            <IconButton size="xs" icon={ArrowDown} label={t("down")} keys="Alt+ArrowDown" disabled={last} onClick={() => onMove(1)} />
            <Button size="xs" kind="ghost" icon={Copy} onClick={onCopy}>
              {t("copy")}
            </Button>
          </span>
        ) : (
          <span className={css.to}>
            <Icon of={ArrowRight} />
            <span className="cut">{whereText(rule.then, t, names)}</span>
            {!rule.stop && (
              <span className={css.goes} title={t("stop.no")}>
                <Icon of={CornerRightDown} size={14} />
                <span className="vh">, {t("stop.no")}</span>
              </span>
            )}
          </span>
        )}
        <span className={css.hits}>
          {hits !== undefined && (
            <>
              <LoadBar look="thin" value={hits} most={20} />
              <span aria-hidden="true">{hits}</span>
              <span className="vh">{t("hits", { n: hits })}</span>
            </>
          )}
        </span>
      </div>
      {open && <RuleBody {...props} warnings={[...problems, ...(unreachable ? [unreachable] : [])]} />}
    </li>
  );
}
