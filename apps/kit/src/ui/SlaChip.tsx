import { Check, Clock as ClockIcon, type LucideIcon, Pause, TriangleAlert } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { Clock, RowClock } from "../api/sla.ts";
import { leftAt, markAt, paceAt, type Step, stepAt } from "../clock/clock.ts";
import { useNow } from "../clock/useNow.ts";
import { ownZone, sameTime, zoneName } from "../clock/zones.ts";
import { useFormats } from "../words/format.ts";
import { useLanguage } from "../words/language.ts";
import { type Say, useWords } from "../words/useWords.ts";
import { Badge, type Tone } from "./Badge.tsx";
import css from "./SlaBar.module.css";
import { Tooltip } from "./Tooltip.tsx";
import words from "./words.json";

export interface SlaChipProps {
  clock: RowClock | Clock;
  /** `short`: what is left. `due`: until when, and what is left. `long`: the same with the tenant's zone, for headers. */
  look?: "short" | "due" | "long";
  size?: "sm" | "lg";
  /** Its name, such as «Решение», when a screen reader shall hear the last 15, 5 and 0 minutes of it. */
  says?: string;
}

const tones: Record<Step, Tone> = { calm: "calm", notice: "box", warn: "warn", breach: "danger" };

/**
 * A promise as the server reckoned it; the client only counts on. Calm above half of the time,
 * notice at half, warning at a fifth, breach. Always an icon and words, never colour alone.
 */
export function SlaChip({ clock, look = "short", size, says }: SlaChipProps) {
  const t = useWords(words);
  const now = useClockNow(clock);
  const text = useChipText(clock, now, look);
  const hint = useChipHint(clock, now);
  if (!text) return null;
  const badge = (
    <Badge tone={text.tone} icon={text.icon} size={size}>
      {text.late && <span className="vh">{t("slaBreached")} </span>}
      {text.words}
    </Badge>
  );
  if (text.more) {
    return (
      <span className={css.met}>
        {badge} {look === "short" ? `· ${text.at}` : text.more}
      </span>
    );
  }
  return (
    <>
      <Tooltip text={hint}>
        <span data-step={text.step}>{badge}</span>
      </Tooltip>
      {says && <Heard clock={clock} now={now} name={says} />}
    </>
  );
}

/** The time, as often as this clock needs it. */
export function useClockNow(clock: RowClock | Clock): Date {
  const slow = useNow(30);
  const pace = runs(clock) ? paceAt(clock, slow.getTime()) : 30;
  const now = useNow(pace);
  return now;
}

interface ChipText {
  step: Step | "still";
  tone: Tone;
  icon: LucideIcon;
  words: string;
  late: boolean;
  /** Beside the chip: when it was met, and in how much of the time. */
  more?: string;
  at?: string;
}

function useChipText(clock: RowClock | Clock, now: Date, look: NonNullable<SlaChipProps["look"]>): ChipText | null {
  const t = useWords(words);
  const f = useFormats();
  const language = useLanguage();
  if ("state" in clock) {
    if (clock.state === "met") return metText(clock, t, f.recent(clock.met_at ?? now, now), f.duration);
    if (clock.state === "paused") {
      const until = clock.resume_at && t("slaUntil", { at: f.recent(clock.resume_at, now) });
      return { step: "still", tone: "calm", icon: Pause, words: until || t("slaPaused"), late: false };
    }
  }
  if (!clock.due_at) return null;
  const step = stepAt(clock, now.getTime());
  const late = step === "breach";
  const left = leftAt(clock, now.getTime());
  const rest = f.duration(late ? Math.min(left, -1) : left, {
    working: !clock.always && !late,
    seconds: Math.abs(left) < (late ? 60 : 300),
  });
  const due = new Date(clock.due_at);
  const theirs = `${f.recent(due, now, clock.time_zone)} ${zoneName(clock.time_zone, due, language)}`;
  const shown =
    look === "short" || late
      ? rest
      : look === "due"
        ? t("slaDue", { at: f.recent(due, now), left: rest })
        : t("slaLong", { at: theirs, left: rest });
  return { step, tone: tones[step], icon: late ? TriangleAlert : ClockIcon, words: shown, late };
}

type Duration = ReturnType<typeof useFormats>["duration"];

function metText(clock: Clock, t: Say<typeof words>, at: string, duration: Duration): ChipText {
  const used = duration(clock.working_seconds_used);
  const target = duration(clock.target_seconds);
  const more = t("slaUsed", { at, used, target });
  if (clock.breached) return { step: "still", tone: "danger", icon: TriangleAlert, words: t("slaLate"), late: false, more, at };
  return { step: "still", tone: "calm", icon: Check, words: t("slaMet"), late: false, more, at };
}

/** The deadline in the tenant's time, in one's own where that differs, and on the wall clock. */
export function useChipHint(clock: RowClock | Clock, now: Date): string {
  const t = useWords(words);
  const f = useFormats();
  const language = useLanguage();
  if (!clock.due_at) return t("slaPaused");
  const due = new Date(clock.due_at);
  const lines = [t("slaTheirs", { at: f.moment(due, now, clock.time_zone), zone: zoneName(clock.time_zone, due, language) })];
  if (!sameTime(clock.time_zone, ownZone(), due))
    lines.push(t("slaMine", { at: f.moment(due, now), zone: zoneName(ownZone(), due, language) }));
  if (runs(clock)) {
    const wall = (due.getTime() - now.getTime()) / 1000;
    lines.push(wall < 0 ? t("slaWallLate", { left: f.duration(-wall) }) : t("slaWall", { left: f.duration(wall) }));
    if (!clock.open_now && clock.changes_at) lines.push(t("slaOpens", { at: f.recent(clock.changes_at, now, clock.time_zone) }));
  }
  return lines.join("\n");
}

function Heard({ clock, now, name }: { clock: RowClock | Clock; now: Date; name: string }) {
  const t = useWords(words);
  const mark = runs(clock) ? markAt(clock, now.getTime()) : null;
  const last = useRef(mark);
  const [heard, setHeard] = useState("");
  useEffect(() => {
    if (mark === last.current) return;
    last.current = mark;
    if (mark !== null) setHeard(mark === 0 ? t("slaHeardLate", { name }) : t("slaHeard", { name, n: mark }));
  }, [mark, name, t]);
  return (
    <span className="vh" role="status">
      {heard}
    </span>
  );
}

function runs(clock: RowClock | Clock): boolean {
  return clock.due_at !== null && (!("state" in clock) || clock.state === "running");
}
