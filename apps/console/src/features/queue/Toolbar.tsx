import type { View } from "@manydesk/kit/api/agent";
import { Button, IconButton } from "@manydesk/kit/ui/Button";
import { Icon } from "@manydesk/kit/ui/Icon";
import { useWords } from "@manydesk/kit/words/useWords";
import { PanelRight, Rows2, Rows3, X } from "lucide-react";
import { useWindow } from "../../parts/ui.ts";
import { useSaveMe } from "../../parts/useSaveMe.ts";
import { useSession } from "../../parts/useSession.ts";
import { FilterMenu, useConditionText } from "./FilterMenu.tsx";
import { readFilter, withoutField } from "./filterText.ts";
import css from "./Queue.module.css";
import words from "./words.json";

interface Props {
  view: View;
  count: number | undefined;
  filter: string;
  onFilter: (filter: string) => void;
  onNext: () => void;
}

/** What is listed, the filter as chips, and the one main act: take the next ticket. */
export function Toolbar({ view, count, filter, onFilter, onNext }: Props) {
  const t = useWords(words);
  const say = useConditionText();
  const { user } = useSession();
  const save = useSaveMe();
  const { peek, setPeek } = useWindow();
  const compact = user.prefs.density === "compact";
  return (
    <div className={css.tools}>
      <h1>{t(`view.${view}`)}</h1>
      <span className="muted">{count}</span>
      <span className={css.bar} />
      <div className={css.chips}>
        {readFilter(filter).map((condition) => (
          <Button
            key={condition.field}
            size="xs"
            onClick={() => onFilter(withoutField(filter, condition.field))}
            aria-label={t("filter.remove", { what: say(condition) })}
          >
            <span className="cut">{say(condition)}</span>
            <Icon of={X} size={12} />
          </Button>
        ))}
        <FilterMenu filter={filter} onChange={onFilter} />
      </div>
      <div className={css.right}>
        <span className={css.hide}>
          <IconButton
            icon={compact ? Rows3 : Rows2}
            label={t("density")}
            aria-pressed={compact}
            onClick={() => save.mutate({ prefs: { density: compact ? "comfort" : "compact" } })}
          />
          <IconButton icon={PanelRight} label={t("peek")} keys="Space" aria-pressed={peek} onClick={() => setPeek(!peek)} />
        </span>
        <Button kind="primary" keys="KeyN" onClick={onNext}>
          {t("next")}
        </Button>
      </div>
    </div>
  );
}
