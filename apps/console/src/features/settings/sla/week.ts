import { minutesOf } from "../../../parts/hours.ts";
import type { Hours } from "./spec.ts";

export function textOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

/** Whether one interval ends before it begins, or two of a day overlap. */
export function isWrong(hours: readonly Hours[], index: number): boolean {
  const [from, to] = spanOf(hours[index]);
  if (!(to > from)) return true;
  return hours.some((other, at) => {
    const [start, end] = spanOf(other);
    return at !== index && start < to && from < end;
  });
}

/** Moves an interval by so many minutes, as far as its neighbours and the day allow. */
export function move(hours: readonly Hours[], index: number, by: number): Hours[] {
  const [from, to] = spanOf(hours[index]);
  const [least, most] = room(hours, index);
  const shift = Math.min(Math.max(by, least - from), most - to);
  return put(hours, index, from + shift, to + shift);
}

/** Moves one edge of an interval; a quarter of an hour is the least that stays. */
export function resize(hours: readonly Hours[], index: number, edge: "from" | "to", by: number): Hours[] {
  const [from, to] = spanOf(hours[index]);
  const [least, most] = room(hours, index);
  if (edge === "from") return put(hours, index, Math.min(Math.max(from + by, least), to - 15), to);
  return put(hours, index, from, Math.max(Math.min(to + by, most), from + 15));
}

/** Adds an interval of up to four hours around a minute of the day; the same hours when there is no room. */
export function add(hours: readonly Hours[], at: number): Hours[] {
  const start = Math.min(Math.max(0, Math.round(at / 30) * 30), 1410);
  if (hours.some((one) => spanOf(one)[0] <= start && start < spanOf(one)[1])) return [...hours];
  const next = Math.min(1440, ...hours.map((one) => spanOf(one)[0]).filter((from) => from > start));
  return sorted([...hours, [textOf(start), textOf(Math.min(start + 240, next))]]);
}

/** Where a day with nothing, or after its last interval, gets the next one. */
export function freeStart(hours: readonly Hours[]): number {
  const last = hours.at(-1);
  return last ? Math.min(minutesOf(last[1]) + 60, 1380) : 540;
}

export function remove(hours: readonly Hours[], index: number): Hours[] {
  return hours.filter((_one, at) => at !== index);
}

export function put(hours: readonly Hours[], index: number, from: number, to: number): Hours[] {
  return sorted(hours.map((one, at) => (at === index ? [textOf(from), textOf(to)] : one)));
}

/** The hours of the day to draw: six to ten in the evening, and whatever lies outside. */
export function windowOf(days: readonly (readonly Hours[])[]): [from: number, to: number] {
  let [from, to] = [6, 22];
  for (const [start, end] of days.flat().map(spanOf)) {
    if (start < from * 60) from = Math.floor(start / 120) * 2;
    if (end > to * 60) to = Math.ceil(end / 120) * 2;
  }
  return [from, to];
}

function sorted(hours: Hours[]): Hours[] {
  return hours.sort((a, b) => minutesOf(a[0]) - minutesOf(b[0]));
}

function room(hours: readonly Hours[], index: number): [number, number] {
  const [from, to] = spanOf(hours[index]);
  const others = hours.filter((_one, at) => at !== index).map(spanOf);
  return [
    Math.max(0, ...others.filter(([, end]) => end <= from).map(([, end]) => end)),
    Math.min(1440, ...others.filter(([start]) => start >= to).map(([start]) => start)),
  ];
}

function spanOf(hours: Hours | undefined): [number, number] {
  return hours ? [minutesOf(hours[0]), minutesOf(hours[1])] : [0, 0];
}
