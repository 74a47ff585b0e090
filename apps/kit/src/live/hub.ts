/** A hint that something has changed. It carries no data to show: read again by the usual routes. */
export interface Hint {
  /** `ticket.changed`, `comment.added`, `reset`, …; `watched` says that hints about these `topics` come from now on. */
  name: string;
  id: string;
  data: Record<string, unknown>;
}

export type LiveState = "connecting" | "live" | "lost";

/** From a page to whoever holds the stream. */
export type Up = { type: "join" | "leave" | "here"; page: string } | { type: "watch"; page: string; watches: string[] };
/** And back. `page` is absent when it is for all. */
export type Down = { type: "hint"; hint: Hint } | { type: "state"; state: LiveState } | { type: "who" };

export interface Source {
  onerror: (() => void) | null;
  readonly readyState: number;
  addEventListener: (name: string, listener: (event: MessageEvent<string>) => void) => void;
  close: () => void;
}

export interface HubOptions {
  open: () => Source;
  /** Tells the server what is on the screens. Rejects when the stream is unknown there. */
  watch: (stream: string, watches: string[]) => Promise<void>;
  send: (message: Down) => void;
  /** 0 to 1, for the jitter. */
  random?: () => number;
}

/** Every event of the two streams, as the API names them. */
export const names = [
  "ticket.opened",
  "ticket.changed",
  "ticket.merged",
  "ticket.removed",
  "comment.added",
  "comment.held",
  "comment.sent",
  "comment.failed",
  "note.added",
  "clock.due",
  "clock.warned",
  "clock.breached",
  "queue.moved",
  "presence",
  "claim",
  "call.ringing",
  "call.answered",
  "call.ended",
  "notice.added",
  "job.progress",
  "job.done",
  "order.changed",
  "article.published",
  "settings.published",
  "load.changed",
  "access.changed",
  "tenant.left",
  "session.ended",
  "reset",
] as const;

const closed = 2;
const patience = 3000;
const poll = 10_000;
const forgetful = 150_000;

/**
 * Holds one stream for all pages of a browser and keeps it alive. It opens with the first page and
 * closes after the last; while the line is lost it asks the pages to read again every 10 s.
 */
export class Hub {
  #options: HubOptions;
  #pages = new Map<string, { watches: string[]; seen: number }>();
  #source: Source | null = null;
  #stream: string | null = null;
  #state: LiveState = "connecting";
  #tries = 0;
  #missed = false;
  #over = false;
  #told = "";
  #losing?: ReturnType<typeof setTimeout>;
  #retrying?: ReturnType<typeof setTimeout>;
  #polling?: ReturnType<typeof setInterval>;
  #telling?: ReturnType<typeof setTimeout>;

  constructor(options: HubOptions) {
    this.#options = options;
  }

  hear(message: Up): void {
    this.#forget();
    if (message.type === "leave") this.#pages.delete(message.page);
    else {
      const page = this.#pages.get(message.page) ?? { watches: [], seen: 0 };
      page.seen = Date.now();
      if (message.type === "watch") page.watches = message.watches;
      this.#pages.set(message.page, page);
    }
    if (this.#pages.size === 0) {
      this.#close();
      return;
    }
    if (message.type === "join") this.#welcome();
    this.#tell();
  }

  #welcome(): void {
    this.#over = false;
    this.#options.send({ type: "state", state: this.#state });
    if (!this.#source && this.#retrying === undefined) this.#open();
  }

  #open(): void {
    clearTimeout(this.#retrying);
    this.#retrying = undefined;
    this.#losing ??= setTimeout(() => this.#lose(), patience);
    const source = this.#options.open();
    this.#source = source;
    source.onerror = () => this.#trouble(source);
    source.addEventListener("hello", (event) => this.#hello(event));
    source.addEventListener("bye", () => this.#again(1000 + 4000 * this.#random()));
    for (const name of names) source.addEventListener(name, (event) => this.#pass(name, event));
  }

  #hello(event: MessageEvent<string>): void {
    this.#stream = String(read(event.data).stream ?? "");
    this.#tries = 0;
    this.#told = "";
    clearTimeout(this.#losing);
    clearInterval(this.#polling);
    this.#losing = undefined;
    this.#polling = undefined;
    this.#set("live");
    if (this.#missed) this.#reset();
    this.#missed = false;
    this.#tell();
  }

  #pass(name: string, event: MessageEvent<string>): void {
    if (name === "session.ended") this.#over = true;
    this.#options.send({ type: "hint", hint: { name, id: event.lastEventId, data: read(event.data) } });
    if (this.#over) this.#shut();
  }

  // The browser mends a broken line by itself, with the last id. What it gives up on is ours.
  #trouble(source: Source): void {
    if (source !== this.#source) return;
    this.#stream = null;
    this.#losing ??= setTimeout(() => this.#lose(), patience);
    if (source.readyState !== closed) return;
    this.#tries += 1;
    this.#again(Math.min(30_000, 1000 * 2 ** (this.#tries - 1)) * (0.5 + this.#random() / 2));
  }

  #again(wait: number): void {
    this.#shut();
    if (this.#over || this.#pages.size === 0) return;
    this.#missed = true;
    this.#losing ??= setTimeout(() => this.#lose(), patience);
    this.#retrying = setTimeout(() => this.#open(), wait);
  }

  #lose(): void {
    this.#missed = true;
    this.#set("lost");
    this.#polling ??= setInterval(() => this.#reset(), poll);
  }

  // What happened between reading a thing and watching it told nobody: it is read once more.
  #watched(topics: string[]): void {
    if (topics.length > 0) this.#options.send({ type: "hint", hint: { name: "watched", id: "", data: { topics } } });
  }

  #reset(): void {
    this.#options.send({ type: "hint", hint: { name: "reset", id: "", data: {} } });
  }

  #set(state: LiveState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#options.send({ type: "state", state });
  }

  #tell(): void {
    this.#telling ??= setTimeout(() => {
      this.#telling = undefined;
      const watches = [...new Set([...this.#pages.values()].flatMap((page) => page.watches))].sort();
      const text = watches.join("\n");
      const stream = this.#stream;
      if (!stream || text === this.#told) return;
      const known = this.#told.split("\n");
      this.#told = text;
      this.#options.watch(stream, watches).then(
        () => this.#watched(watches.filter((one) => !known.includes(one))),
        () => {
          if (this.#stream !== stream) return;
          this.#told = "";
          this.#again(1000 + 4000 * this.#random());
        },
      );
    }, 50);
  }

  // A page that vanished without a word is forgotten; hidden pages still speak once a minute.
  #forget(): void {
    for (const [name, page] of this.#pages) if (Date.now() - page.seen > forgetful) this.#pages.delete(name);
  }

  #shut(): void {
    this.#source?.close();
    this.#source = null;
    this.#stream = null;
  }

  #close(): void {
    this.#shut();
    for (const timer of [this.#losing, this.#retrying, this.#telling]) clearTimeout(timer);
    clearInterval(this.#polling);
    this.#losing = this.#retrying = this.#telling = this.#polling = undefined;
    this.#state = "connecting";
    this.#missed = false;
    this.#tries = 0;
  }

  #random(): number {
    return (this.#options.random ?? Math.random)();
  }
}

function read(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
