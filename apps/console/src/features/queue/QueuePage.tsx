import type { Person, Row, Status } from "@manydesk/kit/api/agent";
import { isProblem } from "@manydesk/kit/api/problem";
import { useKeys } from "@manydesk/kit/keys/useKeys";
import { cx } from "@manydesk/kit/look/cx";
import { NewEventsPill } from "@manydesk/kit/ui/NewEventsPill";
import { useWords } from "@manydesk/kit/words/useWords";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useCallback, useEffect, useMemo, useState } from "react";
import { savedViewsQuery } from "../../parts/savedViews.ts";
import { useWindow } from "../../parts/ui.ts";
import { useTitle } from "../../parts/useTitle.ts";
import type { QueueSearch } from "../../parts/views.ts";
import { Foot } from "./Foot.tsx";
import { keyOf } from "./grouping.ts";
import { List } from "./List.tsx";
import { type Asked, Questions } from "./Questions.tsx";
import css from "./Queue.module.css";
import { QueueState } from "./QueueState.tsx";
import { countsQuery, queueQuery } from "./queries.ts";
import { Toolbar } from "./Toolbar.tsx";
import { useActions } from "./useActions.ts";
import { useNext } from "./useNext.ts";
import { useStable } from "./useStable.ts";
import words from "./words.json";

interface Props {
  search: QueueSearch;
  top: ReactNode;
  side: ReactNode;
  /** What stands beside the list for the row under the cursor. */
  peek: (row: Row, open: (mode?: "reply" | "note" | "why") => void) => ReactNode;
}

/** The worklist over all tenants: what to do now. */
export function QueuePage({ search, top, side, peek }: Props) {
  const t = useWords(words);
  const go = useNavigate();
  const scope = search.scope ?? "all";
  const view = search.view ?? "urgent";
  const filter = search.filter ?? "";
  const where = search.where ? JSON.stringify(search.where) : "";
  const queue = useInfiniteQuery(queueQuery(scope, view, filter, where));
  const { data: kept } = useQuery(savedViewsQuery);
  const saved = kept?.find((one) => one.id === search.saved);
  const counts = useQuery(countsQuery);
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = queue;
  const fresh = useMemo(() => data?.pages.flatMap((page) => page.items), [data]);
  const stable = useStable(`${scope} ${view} ${filter} ${where}`, fresh);
  const { rows } = stable;
  const actions = useActions();
  const next = useNext(scope);
  const { peek: peeking, setPeek, setTrail } = useWindow();
  const [cursor, setCursor] = useState<string | null>(null);
  const [follow, setFollow] = useState(0);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<Asked | null>(null);
  const [inside, setInside] = useState(false);
  const current = rows.find((row) => keyOf(row) === cursor) ?? rows[0];
  const currentKey = current ? keyOf(current) : null;
  const targets = picked.size > 0 ? rows.filter((row) => picked.has(keyOf(row))) : current ? [current] : [];
  useTitle(saved?.name ?? t(`view.${view}`));

  useEffect(() => setTrail(rows.map(({ tenant, ref }) => ({ tenant, ref }))), [rows, setTrail]);
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  const pick = useCallback(
    (key: string) =>
      setPicked((old) => {
        const set = new Set(old);
        if (!set.delete(key)) set.add(key);
        return set;
      }),
    [],
  );
  const move = (step: number, extend = false) => {
    const at = rows.findIndex((row) => keyOf(row) === currentKey);
    const moved = rows[Math.min(rows.length - 1, Math.max(0, follow === 0 && !inside ? at : at + step))];
    if (!moved) return;
    if (extend && currentKey) setPicked((old) => new Set([...old, currentKey, keyOf(moved)]));
    setCursor(keyOf(moved));
    setFollow((n) => n + 1);
  };
  const open = (mode?: "reply" | "note" | "why", row = current) => {
    if (row)
      go({
        to: "/t/$tenant/tickets/$ref",
        params: { tenant: row.tenant, ref: row.ref },
        search: mode === "why" ? { why: true } : mode ? { mode } : {},
      });
  };
  const clear = () => setPicked(new Set());
  const finish = async (work: Promise<unknown>) => {
    clear();
    await work;
  };
  const assign = (person: Person | null, reason?: string) => finish(actions.assign(targets, person, reason));
  const resolve = () => finish(actions.resolve(targets));

  useKeys(t("list"), [
    { id: "queue.down", keys: ["KeyJ", "ArrowDown"], label: t("key.down"), run: () => move(1) },
    { id: "queue.up", keys: ["KeyK", "ArrowUp"], label: t("key.up"), run: () => move(-1) },
    { id: "queue.extendDown", keys: "Shift+KeyJ", label: t("key.extendDown"), run: () => move(1, true) },
    { id: "queue.extendUp", keys: "Shift+KeyK", label: t("key.extendUp"), run: () => move(-1, true) },
    { id: "queue.open", keys: "KeyO", label: t("key.open"), run: () => open() },
    { id: "queue.select", keys: "KeyX", label: t("key.select"), run: () => currentKey && pick(currentKey) },
    { id: "queue.take", keys: "KeyI", label: t("key.take"), run: () => assign(actions.me) },
    { id: "queue.assign", keys: "KeyA", label: t("key.assign"), run: () => ask("assignee") },
    { id: "queue.resolve", keys: "KeyE", label: t("key.resolve"), run: resolve },
    { id: "queue.postpone", keys: "KeyH", label: t("key.postpone"), run: () => ask("postpone") },
    { id: "queue.priority", keys: "KeyP", label: t("key.priority"), run: () => ask("priority") },
    { id: "queue.status", keys: "KeyS", label: t("key.status"), run: () => ask("status") },
    { id: "queue.next", keys: "KeyN", label: t("key.next"), run: next },
    { id: "queue.adopt", keys: "Shift+KeyN", label: t("key.adopt"), run: stable.showNew },
    { id: "queue.reply", keys: "KeyR", label: t("key.reply"), run: () => open("reply") },
    { id: "queue.note", keys: "KeyM", label: t("key.note"), run: () => open("note") },
    { id: "queue.why", keys: "KeyW", label: t("key.why"), run: () => open("why") },
    { id: "queue.clear", keys: "Escape", label: t("key.clear"), run: clear },
  ]);
  // Space and Enter belong to whatever has the focus, unless that is a row.
  useKeys(t("list"), [{ id: "queue.peek", keys: "Space", label: t("key.peek"), run: () => setPeek(!peeking) }], { active: inside });

  function ask(what: Asked["what"]) {
    if (targets.length > 0) setAsked({ what, rows: targets });
  }

  const denied = isProblem(queue.error) && queue.error.status < 500;
  const state = queue.isPending
    ? "loading"
    : queue.isError && !data
      ? denied
        ? "denied"
        : "error"
      : rows.length === 0
        ? "empty"
        : "ready";
  const beside = peeking && state === "ready" && current;
  return (
    <main className={cx(css.page, beside && css.peeking)}>
      <div className={css.top}>{top}</div>
      <div className={css.side}>{side}</div>
      <section className={css.list} aria-label={t("list")}>
        <Toolbar
          search={search}
          saved={saved}
          count={scope === "all" && !filter && !where ? counts.data?.views[view] : undefined}
          onAsk={(part) => go({ to: "/q", search: { ...search, ...part } })}
          onNext={next}
        />
        {state === "ready" ? (
          <List
            lines={stable.lines}
            cursor={currentKey}
            picked={picked}
            follow={follow}
            onCursor={setCursor}
            onPick={pick}
            onEnd={onEnd}
            hold={stable.hold}
            onFocused={setInside}
          />
        ) : (
          <QueueState
            state={state}
            search={search}
            error={queue.error}
            busy={queue.isFetching}
            onRetry={() => queue.refetch()}
            onNext={next}
          />
        )}
        <div className={css.pill}>
          <NewEventsPill to="up" onShow={stable.showNew}>
            {stable.waiting > 0 ? t("newOnes", { n: stable.waiting }) : ""}
          </NewEventsPill>
        </div>
        <Foot
          picked={picked.size}
          onAssign={() => ask("assignee")}
          onStatus={() => ask("status")}
          onPriority={() => ask("priority")}
          onResolve={resolve}
          onClear={clear}
        />
      </section>
      {beside && <div className={css.peek}>{peek(current, open)}</div>}
      <Questions
        asked={asked}
        onClose={() => setAsked(null)}
        onAssign={assign}
        onPriority={(priority) => finish(actions.prioritise(targets, priority))}
        onMove={(to: Status, more) => finish(actions.move(targets, to, more))}
      />
    </main>
  );
}
