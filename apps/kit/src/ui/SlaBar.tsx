import type { Segment } from "../api/sla.ts";
import type { Step } from "../clock/clock.ts";
import { cx } from "../look/cx.ts";
import { useFormats } from "../words/format.ts";
import { useWords } from "../words/useWords.ts";
import css from "./SlaBar.module.css";
import words from "./words.json";

export interface SlaBarProps {
  /** From the start to the deadline, one after another. */
  segments: readonly Segment[];
  now: Date;
  /** What is left wears its colour. */
  step: Step;
}

/** The way to a deadline, to scale: counted time solid, pauses hatched, closed hours thin, the rest in the colour of its haste. */
export function SlaBar({ segments, now, step }: SlaBarProps) {
  const t = useWords(words);
  const f = useFormats();
  const parts = split(segments, now.getTime());
  if (parts.length === 0) return null;
  const told = parts.map((part) => t(`bar.${part.look}`, { time: f.duration(part.seconds) })).join(", ");
  return (
    <div className={css.bar} role="img" aria-label={told}>
      {parts.map((part) => (
        <i key={part.from} className={cx(css[part.look], part.look === "left" && css[step])} style={{ flexGrow: part.seconds }} />
      ))}
    </div>
  );
}

interface Part {
  from: number;
  look: "used" | "paused" | "closed" | "left";
  seconds: number;
}

/** Cuts working time at `now`; neighbours of one look become one. */
export function split(segments: readonly Segment[], now: number): Part[] {
  const parts: Part[] = [];
  const add = (from: number, to: number, look: Part["look"]) => {
    if (to <= from) return;
    const last = parts.at(-1);
    if (last?.look === look) last.seconds += (to - from) / 1000;
    else parts.push({ from, look, seconds: (to - from) / 1000 });
  };
  for (const { from, to, kind } of segments) {
    const start = Date.parse(from);
    const end = Date.parse(to);
    if (kind !== "working") add(start, end, kind);
    else {
      add(start, Math.min(end, now), "used");
      add(Math.max(start, now), end, "left");
    }
  }
  return parts;
}
