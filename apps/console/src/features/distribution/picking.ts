/** What is chosen in a list that is walked by keys. */
export interface Picking {
  cursor: string | null;
  picked: ReadonlySet<string>;
}

export const nothing: Picking = { cursor: null, picked: new Set() };

/** The cursor a step further; with `extend` both rows, the one left and the one reached, are picked. */
export function stepped(state: Picking, keys: readonly string[], by: number, extend: boolean): Picking {
  if (keys.length === 0) return state;
  const at = state.cursor === null ? -1 : keys.indexOf(state.cursor);
  const to = at < 0 ? (by > 0 ? 0 : keys.length - 1) : Math.min(keys.length - 1, Math.max(0, at + by));
  const cursor = keys[to] ?? null;
  if (!extend) return { ...state, cursor };
  const picked = new Set(state.picked);
  if (state.cursor !== null && at >= 0) picked.add(state.cursor);
  if (cursor !== null) picked.add(cursor);
  return { cursor, picked };
}

export function toggled(state: Picking, key: string): Picking {
  const picked = new Set(state.picked);
  if (!picked.delete(key)) picked.add(key);
  return { cursor: key, picked };
}

/** All from the cursor to a row: a click with Shift. */
export function reached(state: Picking, keys: readonly string[], key: string): Picking {
  const from = Math.max(0, state.cursor === null ? 0 : keys.indexOf(state.cursor));
  const to = keys.indexOf(key);
  if (to < 0) return state;
  const picked = new Set(state.picked);
  for (const one of keys.slice(Math.min(from, to), Math.max(from, to) + 1)) picked.add(one);
  return { cursor: key, picked };
}

/** What an act is about: all that are picked, else the row under the cursor. Only of what is still listed, in its order. */
export function meant(state: Picking, keys: readonly string[]): string[] {
  const picked = keys.filter((key) => state.picked.has(key));
  if (picked.length > 0) return picked;
  return state.cursor !== null && keys.includes(state.cursor) ? [state.cursor] : [];
}

/** Where the cursor goes when rows leave the list: the next that stays, else the last before. */
export function after(state: Picking, keys: readonly string[], gone: readonly string[]): Picking {
  const left = keys.filter((key) => !gone.includes(key));
  const picked = new Set([...state.picked].filter((key) => !gone.includes(key)));
  if (state.cursor === null || !gone.includes(state.cursor)) return { cursor: state.cursor, picked };
  const at = keys.indexOf(state.cursor);
  const next = keys.slice(at).find((key) => !gone.includes(key)) ?? left.at(-1) ?? null;
  return { cursor: next, picked };
}
