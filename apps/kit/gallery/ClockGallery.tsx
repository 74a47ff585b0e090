import { useEffect, useState } from "react";
import type { RowClock, Segment } from "../src/api/sla.ts";
import { stepAt } from "../src/clock/clock.ts";
import { SlaBar } from "../src/ui/SlaBar.tsx";
import { SlaChip, useClockNow } from "../src/ui/SlaChip.tsx";
import { useWords } from "../src/words/useWords.ts";
import css from "./gallery.module.css";
import { Part } from "./Part.tsx";
import words from "./words.json";
import { clocks } from "./world.ts";

/**
 * Promises on their way, each as chip, long chip and bar. A test gives its own by the event
 * `clocks`, as a server would answer again and again.
 */
export function ClockGallery() {
  const t = useWords(words);
  const [shown, setShown] = useState(clocks);
  useEffect(() => {
    const hear = (event: Event) => setShown((event as CustomEvent<RowClock[]>).detail.map((clock) => ({ ...clock, read_at: Date.now() })));
    addEventListener("clocks", hear);
    return () => removeEventListener("clocks", hear);
  }, []);
  return (
    <main className={css.page}>
      <h1>{t("clock")}</h1>
      <Part name={t("clock")}>
        {shown.map((clock, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the place is what stays when the clock is given anew.
          <Line key={index} clock={clock} />
        ))}
      </Part>
    </main>
  );
}

function Line({ clock }: { clock: RowClock }) {
  const t = useWords(words);
  const now = useClockNow(clock);
  return (
    <div>
      <div className={css.row} data-line={clock.kind}>
        <span data-look="short">
          <SlaChip clock={clock} />
        </span>
        <span data-look="long">
          <SlaChip clock={clock} look="long" size="lg" says={t("clock")} />
        </span>
      </div>
      <SlaBar segments={way(clock)} now={now} step={stepAt(clock, now.getTime())} />
    </div>
  );
}

/** A way to the deadline with a pause of a sixth of the target in it. */
function way({ due_at, target_seconds }: RowClock): Segment[] {
  const due = Date.parse(due_at);
  const at = (share: number) => new Date(due - share * target_seconds * 1000).toISOString();
  const part = (from: number, to: number, kind: Segment["kind"]) => ({
    from: at(from),
    to: at(to),
    kind,
    seconds: (from - to) * target_seconds,
  });
  return [part(7 / 6, 0.8, "working"), part(0.8, 0.8 - 1 / 6, "paused"), part(0.8 - 1 / 6, 0, "working")];
}
