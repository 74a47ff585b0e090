import type { Segment } from "@manydesk/kit/api/sla";
import { offset } from "@manydesk/kit/clock/zones";

/** One local day of the way to a deadline. Places are hours of that day. */
export interface Lane {
  /** Noon of the day, as an instant to be named. */
  day: Date;
  parts: { from: number; to: number; kind: Segment["kind"]; seconds: number }[];
  start?: number;
  due?: number;
}

const hour = 3_600_000;

/** Cuts the segments at each midnight of the calendar's zone. */
export function lanesOf(segments: readonly Segment[], zone: string): Lane[] {
  const lanes = new Map<number, Lane>();
  const local = (at: number): number => at + offset(zone, new Date(at)) * 60_000;
  const laneOf = (day: number): Lane => {
    const known = lanes.get(day);
    if (known) return known;
    const noon = day * 24 * hour + 12 * hour;
    const lane: Lane = { day: new Date(noon - offset(zone, new Date(noon)) * 60_000), parts: [] };
    lanes.set(day, lane);
    return lane;
  };
  const dayOf = (at: number): number => Math.floor(at / (24 * hour));
  for (const { from, to, kind } of segments) {
    const end = local(Date.parse(to));
    for (let at = local(Date.parse(from)); at < end; ) {
      const midnight = (dayOf(at) + 1) * 24 * hour;
      const stop = Math.min(end, midnight);
      const base = dayOf(at) * 24 * hour;
      laneOf(dayOf(at)).parts.push({ from: (at - base) / hour, to: (stop - base) / hour, kind, seconds: (stop - at) / 1000 });
      at = stop;
    }
  }
  const first = segments[0];
  const last = segments.at(-1);
  if (first && last) {
    const start = local(Date.parse(first.from));
    laneOf(dayOf(start)).start = (start - dayOf(start) * 24 * hour) / hour;
    const due = local(Date.parse(last.to)) - 1;
    laneOf(dayOf(due)).due = (due + 1 - dayOf(due) * 24 * hour) / hour;
  }
  return [...lanes.entries()].sort(([a], [b]) => a - b).map(([, lane]) => lane);
}

/** Days in which something is counted, at most four: the first two and the last two. */
export function shownLanes(lanes: readonly Lane[]): { shown: Lane[]; hidden: number } {
  const useful = lanes.filter(
    (lane) => lane.start !== undefined || lane.due !== undefined || lane.parts.some((part) => part.kind !== "closed"),
  );
  if (useful.length <= 4) return { shown: useful, hidden: 0 };
  return { shown: [...useful.slice(0, 2), ...useful.slice(-2)], hidden: useful.length - 4 };
}

/** The hours to draw: an hour before and after what is counted, in even numbers. */
export function hoursOf(lanes: readonly Lane[]): [from: number, to: number] {
  const edges = lanes.flatMap((lane) => [
    ...lane.parts.filter((part) => part.kind !== "closed").flatMap((part) => [part.from, part.to]),
    ...(lane.start === undefined ? [] : [lane.start]),
    ...(lane.due === undefined ? [] : [lane.due]),
  ]);
  if (edges.length === 0) return [8, 20];
  const from = Math.max(0, Math.floor((Math.min(...edges) - 1) / 2) * 2);
  const to = Math.min(24, Math.ceil((Math.max(...edges) + 1) / 2) * 2);
  return [Math.min(from, 8), Math.max(to, Math.min(20, from + 12))];
}

/** The counted stretches in seconds, those that touch put together: what adds up to the target. */
export function addends(segments: readonly Segment[]): number[] {
  const sums: number[] = [];
  let open = false;
  for (const { kind, seconds } of segments) {
    if (kind !== "working") open = false;
    else if (open) sums[sums.length - 1] = (sums.at(-1) ?? 0) + seconds;
    else {
      sums.push(seconds);
      open = true;
    }
  }
  return sums;
}
