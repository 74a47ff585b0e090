import type { Row } from "@manydesk/kit/api/agent";
import { type Group, groupOf, keyOf, type Listed } from "./grouping.ts";

/** What the list shows: an order that stands still, the newest known data of each row. */
export interface Shown {
  order: string[];
  rows: ReadonlyMap<string, Row>;
  groups: ReadonlyMap<string, Group>;
  gone: ReadonlySet<string>;
  /** How many rows wait behind the pill. */
  waiting: number;
}

export const nothingShown: Shown = { order: [], rows: new Map(), groups: new Map(), gone: new Set(), waiting: 0 };

/**
 * Takes a fresh answer in. While `held` (pointer or focus is inside) the order stands: known rows
 * are patched in place, rows that left stay greyed, new ones wait behind the pill, and only
 * those past the end of what is shown (the next page) are added. Otherwise the fresh order is taken.
 */
export function takeIn(shown: Shown, fresh: Row[], held: boolean, now: number): Shown {
  if (!held || shown.order.length === 0) return adopt(fresh, now);
  const rows = new Map(shown.rows);
  const groups = new Map(shown.groups);
  const keys = fresh.map(keyOf);
  const present = new Set(keys);
  const known = new Set(shown.order);
  for (const row of fresh) {
    rows.set(keyOf(row), row);
    if (!known.has(keyOf(row))) groups.set(keyOf(row), groupOf(row, now));
  }
  const last = keys.findLastIndex((key) => known.has(key));
  const strangers = keys.filter((key) => !known.has(key));
  const appended = last < 0 ? [] : keys.slice(last + 1);
  return {
    order: [...shown.order, ...appended],
    rows,
    groups,
    gone: new Set(shown.order.filter((key) => !present.has(key))),
    waiting: strangers.length - appended.length,
  };
}

/** Takes the fresh order as it is. */
export function adopt(fresh: Row[], now: number): Shown {
  return {
    order: fresh.map(keyOf),
    rows: new Map(fresh.map((row) => [keyOf(row), row])),
    groups: new Map(fresh.map((row) => [keyOf(row), groupOf(row, now)])),
    gone: new Set(),
    waiting: 0,
  };
}

/** The rows in the order shown. */
export function listed(shown: Shown): Listed[] {
  const list: Listed[] = [];
  for (const key of shown.order) {
    const row = shown.rows.get(key);
    const group = shown.groups.get(key);
    if (row && group) list.push({ row, group, gone: shown.gone.has(key) });
  }
  return list;
}
