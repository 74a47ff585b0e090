import type { SavedView } from "@manydesk/kit/api/agent";
import type { Tree } from "@manydesk/kit/conditions/tree";
import { Button, IconButton } from "@manydesk/kit/ui/Button";
import { Icon } from "@manydesk/kit/ui/Icon";
import { useWords } from "@manydesk/kit/words/useWords";
import { PanelRight, Rows2, Rows3, X } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { searchOf } from "../../parts/savedViews.ts";
import { useWindow } from "../../parts/ui.ts";
import { useSaveMe } from "../../parts/useSaveMe.ts";
import { useSession } from "../../parts/useSession.ts";
import { type QueueSearch, sameQuestion } from "../../parts/views.ts";
import { FilterMenu, useConditionText } from "./FilterMenu.tsx";
import { readFilter, withoutField } from "./filterText.ts";
import { KeepView } from "./KeepView.tsx";
import css from "./Queue.module.css";
import words from "./words.json";

const Conditions = lazy(async () => ({ default: (await import("./Conditions.tsx")).Conditions }));

interface Props {
  search: QueueSearch;
  saved: SavedView | undefined;
  count: number | undefined;
  /** Another question: what is not named in it stays. */
  onAsk: (part: Pick<QueueSearch, "filter" | "where">) => void;
  onNext: () => void;
}

/** What is listed, the filter as chips, and the one main act: take the next ticket. */
export function Toolbar({ search, saved, count, onAsk, onNext }: Props) {
  const t = useWords(words);
  const say = useConditionText();
  const { user } = useSession();
  const save = useSaveMe();
  const { peek, setPeek } = useWindow();
  const compact = user.prefs.density === "compact";
  const { view = "urgent", filter = "", where } = search;
  const [asking, setAsking] = useState(false);
  const onFilter = (text: string) => onAsk({ filter: text || undefined });
  return (
    <div className={css.tools}>
      <h1 className="cut">{saved?.name ?? t(`view.${view}`)}</h1>
      {saved && !sameQuestion(search, searchOf(saved)) && <small className="muted">{t("saved.changed")}</small>}
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
        {where && (
          <Button size="xs" onClick={() => setAsking(true)}>
            {t("conditions.count", { n: leaves(where) })}
          </Button>
        )}
        <FilterMenu filter={filter} onChange={onFilter} onMore={() => setAsking(true)} />
      </div>
      {asking && (
        <Suspense>
          <Conditions
            scope={search.scope ?? "all"}
            value={where}
            onChange={(next) => onAsk({ where: next })}
            onClose={() => setAsking(false)}
          />
        </Suspense>
      )}
      <div className={css.right}>
        <KeepView search={search} saved={saved} />
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

/** How many comparisons a condition has. */
function leaves({ all, any, not, field }: Tree): number {
  if (not) return leaves(not);
  return (all ?? any ?? []).reduce((sum, node) => sum + leaves(node), field === undefined ? 0 : 1);
}
