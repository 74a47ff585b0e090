import { cx } from "@manydesk/kit/look/cx";
import { Button } from "@manydesk/kit/ui/Button";
import { Dialog } from "@manydesk/kit/ui/Dialog";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { useWords } from "@manydesk/kit/words/useWords";
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";
import { minutesOf } from "../../../parts/hours.ts";
import css from "./Sla.module.css";
import type { Hours, Weekday } from "./spec.ts";
import { isWrong, move, remove, resize } from "./week.ts";
import words from "./words.json";

interface Props {
  day: Weekday;
  hours: Hours[];
  index: number;
  /** The hours of the day that are drawn. */
  window: [from: number, to: number];
  focused: boolean;
  onChange: (hours: Hours[]) => void;
  error?: string;
  readOnly: boolean;
}

const step = 15;

/** One stretch of working hours in its lane. Arrows move it, with Shift they stretch it; Delete takes it away. */
export function Interval({ day, hours, index, window: [start, end], focused, onChange, error, readOnly }: Props) {
  const t = useWords(words);
  const [from, to] = hours[index] ?? ["00:00", "00:00"];
  const [open, setOpen] = useState(false);
  const node = useRef<HTMLButtonElement>(null);
  const drag = useRef<{ x: number; perMinute: number; what: "move" | "from" | "to"; before: Hours[]; moved: boolean } | null>(null);
  useEffect(() => {
    if (focused) node.current?.focus();
  }, [focused]);
  const span = (end - start) * 60;
  const place = {
    left: `${((minutesOf(from) - start * 60) / span) * 100}%`,
    width: `${((minutesOf(to) - minutesOf(from)) / span) * 100}%`,
  };
  const wrong = error ?? (isWrong(hours, index) ? t("hours.wrong") : undefined);

  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === "ArrowLeft" ? -step : event.key === "ArrowRight" ? step : 0;
    if (readOnly) return;
    if (event.key === "Delete" || event.key === "Backspace") onChange(remove(hours, index));
    else if (by !== 0)
      onChange(event.shiftKey ? resize(hours, index, "to", by) : event.altKey ? resize(hours, index, "from", by) : move(hours, index, by));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onPointerDown = (event: PointerEvent<HTMLButtonElement>) => {
    if (readOnly || event.button !== 0) return;
    const box = event.currentTarget.getBoundingClientRect();
    const lane = event.currentTarget.parentElement?.getBoundingClientRect();
    const what = event.clientX - box.left < 8 ? "from" : box.right - event.clientX < 8 ? "to" : "move";
    drag.current = { x: event.clientX, perMinute: (lane?.width ?? span) / span, what, before: hours, moved: false };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent) => {
    const held = drag.current;
    if (!held) return;
    const by = Math.round((event.clientX - held.x) / held.perMinute / step) * step;
    if (by === 0 && !held.moved) return;
    held.moved = true;
    onChange(held.what === "move" ? move(held.before, index, by) : resize(held.before, index, held.what, by));
  };
  const onPointerUp = () => {
    const held = drag.current;
    drag.current = null;
    if (held && !held.moved) setOpen(true);
  };
  return (
    <>
      <button
        ref={node}
        type="button"
        className={cx(css.interval, wrong && css.bad)}
        style={place}
        title={wrong}
        aria-label={`${t(`day.${day}`)}, ${from}–${to}${wrong ? `: ${wrong}` : ""}`}
        aria-description={readOnly ? undefined : t("hours.keys")}
        onKeyDown={onKeyDown}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onClick={(event) => event.detail === 0 && setOpen(true)}
      >
        {from}–{to}
      </button>
      {open && !readOnly && (
        <Numbers
          title={t(`day.${day}`)}
          value={[from, to]}
          onClose={() => setOpen(false)}
          onRemove={() => onChange(remove(hours, index))}
          onChange={(value) =>
            onChange(hours.map((one, at) => (at === index ? value : one)).sort((a, b) => minutesOf(a[0]) - minutesOf(b[0])))
          }
        />
      )}
    </>
  );
}

interface NumbersProps {
  title: string;
  value: Hours;
  onChange: (value: Hours) => void;
  onRemove: () => void;
  onClose: () => void;
}

function Numbers({ title, value, onChange, onRemove, onClose }: NumbersProps) {
  const t = useWords(words);
  const [[from, to], set] = useState(value);
  const valid = minutesOf(to) > minutesOf(from) && minutesOf(from) < 1440;
  const done = () => {
    if (!valid) return;
    onChange([pad(from), pad(to)]);
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      actions={
        <>
          <Button
            onClick={() => {
              onRemove();
              onClose();
            }}
          >
            {t("hours.remove")}
          </Button>
          <Button kind="primary" onClick={done}>
            {t("save")}
          </Button>
        </>
      }
    >
      <form
        className={css.pair}
        onSubmit={(event) => {
          event.preventDefault();
          done();
        }}
      >
        <Field label={t("hours.from")}>
          <Input value={from} inputMode="numeric" onChange={(event) => set([event.target.value, to])} />
        </Field>
        <Field label={t("hours.to")} error={valid ? undefined : t("hours.wrong")}>
          <Input value={to} inputMode="numeric" onChange={(event) => set([from, event.target.value])} />
        </Field>
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}

function pad(text: string): string {
  return text.trim().padStart(5, "0");
}
