import type { Row } from "@manydesk/kit/api/agent";
import { useCallback, useMemo, useRef, useState } from "react";
import { type Line, withHeadings } from "./grouping.ts";
import { adopt, listed, nothingShown, type Shown, takeIn } from "./stable.ts";

export interface Stable {
  lines: Line[];
  rows: Row[];
  waiting: number;
  /** Takes the newest order in, at the person's wish. */
  showNew: () => void;
  /** Says whether pointer or focus is inside the list. */
  hold: (what: "pointer" | "focus", inside: boolean) => void;
}

/** The rows to show: fresh data in an order that does not move under the person's hands. */
export function useStable(identity: string, fresh: Row[] | undefined): Stable {
  const holding = useRef({ pointer: false, focus: false });
  const [state, setState] = useState<{ identity: string; fresh: Row[] | undefined; shown: Shown }>({
    identity,
    fresh: undefined,
    shown: nothingShown,
  });
  let { shown } = state;
  if (state.identity !== identity || state.fresh !== fresh) {
    const { pointer, focus } = holding.current;
    const held = state.identity === identity && (pointer || focus);
    shown = fresh ? takeIn(shown, fresh, held, Date.now()) : state.identity === identity ? shown : nothingShown;
    setState({ identity, fresh, shown });
  }
  const rows = useMemo(() => listed(shown), [shown]);
  const lines = useMemo(() => withHeadings(rows), [rows]);
  const ordered = useMemo(() => lines.flatMap((line) => (line.kind === "row" ? [line.row] : [])), [lines]);
  const showNew = useCallback(() => setState((old) => (old.fresh ? { ...old, shown: adopt(old.fresh, Date.now()) } : old)), []);
  const hold = useCallback((what: "pointer" | "focus", inside: boolean) => {
    holding.current[what] = inside;
  }, []);
  return { lines, rows: ordered, waiting: shown.waiting, showNew, hold };
}
