import type { MyTenant } from "@manydesk/kit/api/agent";
import { cx } from "@manydesk/kit/look/cx";
import { useWords } from "@manydesk/kit/words/useWords";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { usePresenceOf } from "../../parts/presence.ts";
import { useSession } from "../../parts/useSession.ts";
import { keyOf, type Line } from "./grouping.ts";
import css from "./Queue.module.css";
import { QueueRow } from "./QueueRow.tsx";
import rowCss from "./Row.module.css";
import words from "./words.json";

interface Props {
  lines: Line[];
  cursor: string | null;
  picked: ReadonlySet<string>;
  /** Set when the cursor was moved by a key: the row then takes the focus too. */
  follow: number;
  onCursor: (key: string) => void;
  onPick: (key: string) => void;
  onEnd: () => void;
  hold: (what: "pointer" | "focus", inside: boolean) => void;
  onFocused: (inside: boolean) => void;
}

/** The rows, as many as fit: ten thousand scroll like ten. */
export function List({ lines, cursor, picked, follow, onCursor, onPick, onEnd, hold, onFocused }: Props) {
  const t = useWords(words);
  const { user, tenants } = useSession();
  const scroll = useRef<HTMLDivElement>(null);
  const height = useRowHeight();
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => (lines[index]?.kind === "heading" ? 28 : height),
    getItemKey: (index) => {
      const line = lines[index];
      return line?.kind === "row" ? keyOf(line.row) : (line?.group ?? index);
    },
    overscan: 8,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: sizes are kept until the density changes.
  useLayoutEffect(() => virtual.measure(), [height, lines]);

  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (lines.length > 0 && last >= lines.length - 20) onEnd();
  }, [last, lines.length, onEnd]);

  const index = lines.findIndex((line) => line.kind === "row" && keyOf(line.row) === cursor);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a move by a key takes the focus along.
  useLayoutEffect(() => {
    if (follow === 0 || index < 0) return;
    virtual.scrollToIndex(index, { align: "auto" });
    const focus = () => {
      const row = scroll.current?.querySelector<HTMLElement>(`[data-key="${cursor}"]`);
      row?.focus({ preventScroll: true });
      return row;
    };
    // At once, because the next key may already be on its way; a row outside the window comes with the next frame.
    if (focus()) return;
    const frame = requestAnimationFrame(focus);
    return () => cancelAnimationFrame(frame);
  }, [follow]);

  const byTenant = useCallback((slug: string): MyTenant | undefined => tenants.find((tenant) => tenant.slug === slug), [tenants]);
  const total = lines.reduce((n, line) => n + (line.kind === "row" ? 1 : 0), 0);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only notices where pointer and focus are.
    <div
      ref={scroll}
      className={css.scroll}
      onPointerEnter={() => hold("pointer", true)}
      onPointerLeave={() => hold("pointer", false)}
      onFocus={() => {
        hold("focus", true);
        onFocused(true);
      }}
      onBlur={() => {
        hold("focus", false);
        onFocused(false);
      }}
    >
      <ul className={css.lines} aria-label={t("list")} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const line = lines[item.index];
          if (!line) return null;
          const place = { height: item.size, transform: `translateY(${item.start}px)` };
          if (line.kind === "heading") {
            return (
              <li key={item.key} className={cx(css.line, rowCss.heading, line.group === "overdue" && rowCss.overdue)} style={place}>
                {t(`group.${line.group}`)}
                <span>{line.count}</span>
              </li>
            );
          }
          const key = keyOf(line.row);
          return (
            <li key={item.key} className={css.line} style={place} aria-setsize={total} aria-posinset={line.index + 1}>
              <Present
                line={line}
                me={user.id}
                tenant={byTenant(line.row.tenant)}
                current={key === cursor}
                picked={picked.has(key)}
                picking={picked.size > 0}
                onFocus={onCursor}
                onPick={onPick}
              />
            </li>
          );
        })}
      </ul>
    </div>
  );
}

type PresentProps = Omit<Parameters<typeof QueueRow>[0], "row" | "gone" | "presence"> & { line: Extract<Line, { kind: "row" }> };

/** A row with whoever looks at it or writes in it now. */
function Present({ line, ...rest }: PresentProps) {
  const others = usePresenceOf(line.row.tenant, line.row.ref);
  const typing = others.some((one) => one.state === "typing");
  return <QueueRow {...rest} row={line.row} gone={line.gone} presence={typing ? "typing" : others.length > 0 ? "viewing" : undefined} />;
}

function useRowHeight(): number {
  const { user } = useSession();
  const [narrow, setNarrow] = useState(() => matchMedia("(max-width: 640px)").matches);
  useEffect(() => {
    const query = matchMedia("(max-width: 640px)");
    const change = () => setNarrow(query.matches);
    query.addEventListener("change", change);
    return () => query.removeEventListener("change", change);
  }, []);
  return narrow ? 64 : user.prefs.density === "compact" ? 32 : 56;
}
