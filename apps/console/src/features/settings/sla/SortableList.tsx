import { cx } from "@manydesk/kit/look/cx";
import { IconButton } from "@manydesk/kit/ui/Button";
import { Icon } from "@manydesk/kit/ui/Icon";
import { useWords } from "@manydesk/kit/words/useWords";
import { ArrowDown, ArrowUp, GripVertical } from "lucide-react";
import { type ReactNode, useState } from "react";
import css from "./Sla.module.css";
import words from "./words.json";

interface Props {
  label: string;
  items: readonly { key: string; name: string; content: ReactNode; actions?: ReactNode }[];
  /** Without it the order stands. */
  onOrder?: (keys: string[]) => void;
  /** A last, locked line: what holds when nothing of the list does. */
  otherwise?: ReactNode;
}

/** Numbered rules in the order in which they are tried: moved by dragging or by the two arrows. */
export function SortableList({ label, items, onOrder, otherwise }: Props) {
  const t = useWords(words);
  const [dragged, setDragged] = useState<string | null>(null);
  const [over, setOver] = useState<string | null>(null);
  const keys = items.map((item) => item.key);
  const shift = (key: string, to: number) => {
    const rest = keys.filter((one) => one !== key);
    rest.splice(to, 0, key);
    onOrder?.(rest);
  };
  return (
    <ol className={css.rules} aria-label={label}>
      {items.map((item, index) => (
        <li
          key={item.key}
          className={cx(dragged === item.key && css.dragged, over === item.key && dragged !== item.key && css.over)}
          draggable={Boolean(onOrder)}
          onDragStart={(event) => {
            event.dataTransfer.effectAllowed = "move";
            setDragged(item.key);
          }}
          onDragEnter={() => setOver(item.key)}
          onDragOver={(event) => dragged && event.preventDefault()}
          onDrop={() => dragged && dragged !== item.key && shift(dragged, index)}
          onDragEnd={() => {
            setDragged(null);
            setOver(null);
          }}
        >
          {onOrder && <Icon of={GripVertical} />}
          <span className={css.no}>{index + 1}</span>
          {item.content}
          <span className={css.acts}>
            {onOrder && items.length > 1 && (
              <>
                <IconButton
                  size="xs"
                  icon={ArrowUp}
                  label={t("up", { name: item.name })}
                  disabled={index === 0}
                  onClick={() => shift(item.key, index - 1)}
                />
                <IconButton
                  size="xs"
                  icon={ArrowDown}
                  label={t("down", { name: item.name })}
                  disabled={index === items.length - 1}
                  onClick={() => shift(item.key, index + 1)}
                />
              </>
            )}
            {item.actions}
          </span>
        </li>
      ))}
      {otherwise && <li className={css.otherwise}>{otherwise}</li>}
    </ol>
  );
}
