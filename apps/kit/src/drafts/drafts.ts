import { del, entries, get, set, type UseStore } from "idb-keyval";

/** A reply and a note of one ticket are two drafts; so are those of two people on one machine. */
export interface DraftKey {
  tenant: string;
  ticket: string;
  kind: string;
  user: string;
}

export interface Stored<T> {
  value: T;
  /** When it was last touched, by this machine's clock. */
  at: number;
}

export interface Shelf {
  get: (key: string) => Promise<unknown>;
  set: (key: string, value: unknown) => Promise<void>;
  del: (key: string) => Promise<void>;
}

export interface DraftOptions<T> {
  /** Tells the server. It is called again with the newest value when it failed. */
  save?: (key: DraftKey, value: T, signal: AbortSignal) => Promise<void>;
  /** Tells the server that the draft is gone. */
  discard?: (key: DraftKey) => Promise<void>;
  /** Nothing worth keeping: such a draft is removed. */
  empty: (value: T) => boolean;
  shelf?: Shelf;
}

export type DraftState = "kept" | "keeping" | "local";

const locally = 400;
const remotely = 1500;
const again = 15_000;

interface Sheet<T> {
  key: DraftKey;
  value: T | undefined;
  at: number;
  /** Counts the edits: two may fall into one millisecond. */
  edits: number;
  state: DraftState;
  local?: ReturnType<typeof setTimeout>;
  remote?: ReturnType<typeof setTimeout>;
  /** Everything done for one key stands in one queue. */
  queue: Promise<void>;
  flight?: AbortController;
  listeners: Set<() => void>;
}

/**
 * What people write before they send it. In the browser's own store 400 ms after the last key,
 * on the server after 1.5 s, and both at once when the page goes away. Never asks anything.
 */
export class Drafts<T> {
  #sheets = new Map<string, Sheet<T>>();
  #options: DraftOptions<T>;
  #shelf: Shelf;

  constructor(options: DraftOptions<T>) {
    this.#options = options;
    this.#shelf = options.shelf ?? indexed();
  }

  /** The draft of this machine, or undefined. */
  async load(key: DraftKey): Promise<Stored<T> | undefined> {
    const sheet = this.#sheet(key);
    if (sheet.value !== undefined) return { value: sheet.value, at: sheet.at };
    const stored = (await this.#shelf.get(name(key)).catch(() => undefined)) as Stored<T> | undefined;
    if (stored && sheet.value === undefined) {
      sheet.value = stored.value;
      sheet.at = stored.at;
    }
    return stored;
  }

  /** Takes what the server has, if it is newer than what this machine has. Returns what holds now. */
  async restore(key: DraftKey, remote: Stored<T> | undefined): Promise<T | undefined> {
    const own = await this.load(key);
    if (!remote || (own && own.at >= remote.at)) return own?.value;
    const sheet = this.#sheet(key);
    sheet.value = remote.value;
    sheet.at = remote.at;
    await this.#shelf.set(name(key), { value: remote.value, at: remote.at }).catch(() => {});
    this.#tell(sheet);
    return remote.value;
  }

  /** Says what the draft is now. Cheap: call it at every key. */
  edit(key: DraftKey, value: T): void {
    const sheet = this.#sheet(key);
    sheet.value = value;
    sheet.at = Date.now();
    sheet.edits += 1;
    sheet.state = "keeping";
    clearTimeout(sheet.local);
    clearTimeout(sheet.remote);
    sheet.local = setTimeout(() => this.#keep(sheet), locally);
    sheet.remote = setTimeout(() => this.#send(sheet), remotely);
    this.#tell(sheet);
  }

  /** The message has gone: nothing of the draft stays, here or there. */
  async drop(key: DraftKey): Promise<void> {
    const sheet = this.#sheet(key);
    clearTimeout(sheet.local);
    clearTimeout(sheet.remote);
    sheet.flight?.abort();
    sheet.value = undefined;
    sheet.state = "kept";
    this.#tell(sheet);
    await this.#line(sheet, async () => {
      await this.#shelf.del(name(key)).catch(() => {});
      await this.#options.discard?.(key).catch(() => {});
    });
  }

  /** Writes all that waits, now: the page is going away. */
  flush(): void {
    for (const sheet of this.#sheets.values()) {
      if (sheet.state === "kept") continue;
      clearTimeout(sheet.local);
      clearTimeout(sheet.remote);
      this.#keep(sheet);
      this.#send(sheet);
    }
  }

  /** Flushes when the page is hidden or left. Returns the way to stop. */
  watchPage(page: Document = document): () => void {
    const hidden = () => page.visibilityState === "hidden" && this.flush();
    const left = () => this.flush();
    page.addEventListener("visibilitychange", hidden);
    globalThis.addEventListener?.("pagehide", left);
    return () => {
      page.removeEventListener("visibilitychange", hidden);
      globalThis.removeEventListener?.("pagehide", left);
    };
  }

  peek(key: DraftKey): { value: T | undefined; state: DraftState; at: number } {
    const { value, state, at } = this.#sheet(key);
    return { value, state, at };
  }

  subscribe(key: DraftKey, listener: () => void): () => void {
    const sheet = this.#sheet(key);
    sheet.listeners.add(listener);
    return () => sheet.listeners.delete(listener);
  }

  /** Tells those who show it that it has come from the store. */
  touch(key: DraftKey): void {
    this.#tell(this.#sheet(key));
  }

  /** Writes what waits under the key, and is done when this machine has it: for leaving the page. */
  async keep(key: DraftKey): Promise<void> {
    const sheet = this.#sheet(key);
    clearTimeout(sheet.local);
    this.#keep(sheet);
    await sheet.queue;
  }

  /** Resolves when everything that was asked for this key has been done. For tests and for sending. */
  async settled(key: DraftKey): Promise<void> {
    await this.#sheet(key).queue;
  }

  #keep(sheet: Sheet<T>): void {
    const { value, at, edits } = sheet;
    if (value === undefined) return;
    this.#line(sheet, async () => {
      if (sheet.value === undefined) return;
      if (this.#options.empty(value)) await this.#shelf.del(name(sheet.key));
      else await this.#shelf.set(name(sheet.key), { value, at });
      if (!this.#options.save && sheet.edits === edits) this.#mark(sheet, "kept");
    });
  }

  #send(sheet: Sheet<T>): void {
    const { save, discard, empty } = this.#options;
    if (!save) return;
    this.#line(sheet, async () => {
      const { value, edits } = sheet;
      if (value === undefined || sheet.state === "kept") return;
      sheet.flight = new AbortController();
      try {
        if (empty(value)) await discard?.(sheet.key);
        else await save(sheet.key, value, sheet.flight.signal);
        if (sheet.edits === edits) this.#mark(sheet, "kept");
      } catch {
        if (sheet.value === undefined || sheet.edits !== edits) return;
        this.#mark(sheet, "local");
        clearTimeout(sheet.remote);
        sheet.remote = setTimeout(() => this.#send(sheet), again);
      } finally {
        sheet.flight = undefined;
      }
    });
  }

  #line(sheet: Sheet<T>, work: () => Promise<void>): Promise<void> {
    sheet.queue = sheet.queue.then(work).catch(() => {});
    return sheet.queue;
  }

  #mark(sheet: Sheet<T>, state: DraftState): void {
    sheet.state = state;
    this.#tell(sheet);
  }

  #tell(sheet: Sheet<T>): void {
    for (const listener of sheet.listeners) listener();
  }

  #sheet(key: DraftKey): Sheet<T> {
    const id = name(key);
    let sheet = this.#sheets.get(id);
    if (!sheet) {
      sheet = { key, value: undefined, at: 0, edits: 0, state: "kept", queue: Promise.resolve(), listeners: new Set() };
      this.#sheets.set(id, sheet);
    }
    return sheet;
  }
}

function name({ tenant, ticket, kind, user }: DraftKey): string {
  return ["draft", user, tenant, ticket, kind].map(encodeURIComponent).join("/");
}

/** The browser's own store. Where there is none (a private window) drafts live in memory and on the server. */
export function indexed(store?: UseStore): Shelf {
  return { get: (key) => get(key, store), set: (key, value) => set(key, value, store), del: (key) => del(key, store) };
}

/** Everything this person left on this machine, removed at sign-out. */
export async function forgetDrafts(user: string, store?: UseStore): Promise<void> {
  const mine = `draft/${encodeURIComponent(user)}/`;
  for (const [key] of await entries<string, unknown>(store)) if (String(key).startsWith(mine)) await del(key, store);
}
