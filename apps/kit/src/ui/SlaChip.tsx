import { Check, Clock, Pause, TriangleAlert } from "lucide-react";
import { useEffect, useState } from "react";
import { useFormats } from "../words/format.ts";
import { useWords } from "../words/useWords.ts";
import { Badge, type Tone } from "./Badge.tsx";
import words from "./words.json";

export interface SlaChipProps {
  due_at: string | null;
  /** The clock stands still until then; null: until someone moves the ticket. */
  paused?: { until: string | null } | null;
  /** It was answered or solved at this moment. */
  met_at?: string | null;
  /** From when the time counts, for the share that is left. */
  started_at?: string | null;
  /** The server's count of working seconds, when the calendar is not round the clock. */
  working_seconds_left?: number | null;
  /** `short`: what is left. `long`: until when, and what is left. */
  look?: "short" | "long";
  size?: "sm" | "lg";
}

/**
 * A deadline as the server gave it. The client only counts down: calm, notice at half, warning
 * at a fifth, breach. Always an icon and words, never colour alone.
 */
export function SlaChip({ due_at, paused, met_at, started_at, working_seconds_left, look = "short", size }: SlaChipProps) {
  const t = useWords(words);
  const f = useFormats();
  const now = useNow(due_at);
  if (met_at) {
    return (
      <Badge tone="calm" icon={Check} size={size}>
        {t("slaMet", { at: f.recent(met_at, now) })}
      </Badge>
    );
  }
  if (paused) {
    return (
      <Badge tone="calm" icon={Pause} size={size}>
        {paused.until ? t("slaUntil", { at: f.recent(paused.until, now) }) : t("slaPaused")}
      </Badge>
    );
  }
  if (!due_at) return null;
  const due = new Date(due_at).getTime();
  const left = Math.round((due - now.getTime()) / 1000);
  const working = working_seconds_left ?? null;
  const shown = left < 0 || working === null ? left : Math.min(working, left);
  const tone = toneOf(left, started_at ? (due - new Date(started_at).getTime()) / 1000 : null);
  const rest = f.duration(shown, { working: working !== null && left >= 0 });
  const text = look === "long" && left >= 0 ? t("slaLong", { at: f.recent(due_at, now), left: rest }) : rest;
  return (
    <Badge tone={tone} icon={tone === "danger" ? TriangleAlert : Clock} size={size}>
      {left < 0 && <span className="vh">{t("slaBreached")} </span>}
      {text}
    </Badge>
  );
}

/** Calm above half of the time, notice below it, warning below a fifth, breach after. Without a start: by the hour. */
export function toneOf(left: number, whole: number | null): Tone {
  if (left < 0) return "danger";
  const share = whole ? left / whole : left / 3600;
  if (share <= (whole ? 0.2 : 0.5)) return "warn";
  return share <= (whole ? 0.5 : 1) ? "box" : "calm";
}

// Each second under five minutes, else twice a minute.
function useNow(due: string | null): Date {
  const [now, setNow] = useState(() => new Date());
  const near = due !== null && Math.abs(new Date(due).getTime() - now.getTime()) < 300_000;
  useEffect(() => {
    if (due === null) return;
    const timer = setInterval(() => setNow(new Date()), near ? 1000 : 30_000);
    return () => clearInterval(timer);
  }, [due, near]);
  return now;
}
