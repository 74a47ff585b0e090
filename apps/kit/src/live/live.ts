import { useSyncExternalStore } from "react";
import { newKey } from "../api/key.ts";
import type { Down, Hint, LiveState, Up } from "./hub.ts";
import { hub, type Wire } from "./wire.ts";

export type { Hint, LiveState } from "./hub.ts";

/** How this page reaches the holder of the stream. */
export interface Link {
  send: (message: Up) => void;
  close: () => void;
}

export type Connect = (wire: Wire, deliver: (message: Down) => void) => Link;

/** What happens elsewhere, as hints. One stream a browser, however many tabs are open. */
export class Live {
  #page = newKey();
  #link: Link;
  #topics = new Map<string, number>();
  #ears = new Set<(hint: Hint) => void>();
  #listeners = new Set<() => void>();
  #state: LiveState = "connecting";
  #breathing: ReturnType<typeof setInterval>;

  constructor(wire: Wire, connect: Connect) {
    this.#link = connect(wire, (message) => this.#hear(message));
    this.#send({ type: "join", page: this.#page });
    this.#breathing = setInterval(() => this.#send({ type: "here", page: this.#page }), 20_000);
    globalThis.addEventListener?.("pagehide", this.#leave);
    globalThis.addEventListener?.("pageshow", this.#back);
  }

  get state(): LiveState {
    return this.#state;
  }

  /** Says that a thing is on the screen: `queue`, `ticket:acme/1042`, `job:…`. Returns the way to stop. */
  watch(topic: string): () => void {
    this.#topics.set(topic, (this.#topics.get(topic) ?? 0) + 1);
    this.#tell();
    let on = true;
    return () => {
      if (!on) return;
      on = false;
      const left = (this.#topics.get(topic) ?? 1) - 1;
      if (left > 0) this.#topics.set(topic, left);
      else this.#topics.delete(topic);
      this.#tell();
    };
  }

  /** Hears every hint. Returns the way to stop. */
  on(ear: (hint: Hint) => void): () => void {
    this.#ears.add(ear);
    return () => this.#ears.delete(ear);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  close(): void {
    clearInterval(this.#breathing);
    globalThis.removeEventListener?.("pagehide", this.#leave);
    globalThis.removeEventListener?.("pageshow", this.#back);
    this.#send({ type: "leave", page: this.#page });
    this.#link.close();
  }

  #hear(message: Down): void {
    if (message.type === "hint") for (const ear of this.#ears) ear(message.hint);
    else if (message.type === "who") this.#introduce();
    else {
      this.#state = message.state;
      for (const listener of this.#listeners) listener();
    }
  }

  #introduce(): void {
    this.#send({ type: "join", page: this.#page });
    this.#tell();
  }

  #tell(): void {
    this.#send({ type: "watch", page: this.#page, watches: [...this.#topics.keys()] });
  }

  #send(message: Up): void {
    this.#link.send(message);
  }

  #leave = (): void => this.#send({ type: "leave", page: this.#page });
  #back = (event: PageTransitionEvent): void => {
    if (event.persisted) this.#introduce();
  };
}

/** Opens the stream in the best way this browser has: a shared worker, a leader among tabs, or alone. */
export function openLive(wire: Wire): Live {
  if (typeof SharedWorker === "function") return new Live(wire, byWorker);
  if (typeof BroadcastChannel === "function" && navigator.locks) return new Live(wire, byLeader);
  return new Live(wire, alone);
}

/** The state of the line, for the banner: show it only while it is `lost`. */
export function useLiveState(live: Live): LiveState {
  return useSyncExternalStore(live.subscribe, () => live.state);
}

export const alone: Connect = (wire, deliver) => {
  const own = hub(wire, deliver);
  return { send: (message) => own.hear(message), close() {} };
};

const byWorker: Connect = (wire, deliver) => {
  const worker = new SharedWorker(new URL("./worker.ts", import.meta.url), { type: "module", name: JSON.stringify(wire) });
  worker.port.onmessage = ({ data }: MessageEvent<Down>) => deliver(data);
  return { send: (message) => worker.port.postMessage(message), close: () => worker.port.close() };
};

/** The tab that holds the lock holds the stream; when it goes, the next one does and asks who is there. */
export const byLeader: Connect = (wire, deliver) => {
  const name = `live ${wire.stream}`;
  const channel = new BroadcastChannel(name);
  const done = new AbortController();
  let lead: ReturnType<typeof hub> | null = null;
  const out = (message: Down): void => {
    deliver(message);
    channel.postMessage(message);
  };
  channel.onmessage = ({ data }: MessageEvent<Up | Down>) => {
    if ("page" in data) lead?.hear(data);
    else if (!lead) deliver(data);
  };
  navigator.locks
    .request(name, { signal: done.signal }, () => {
      lead = hub(wire, out);
      out({ type: "who" });
      return new Promise<void>((resolve) => done.signal.addEventListener("abort", () => resolve()));
    })
    .catch(() => {});
  return {
    send(message) {
      if (lead) lead.hear(message);
      else channel.postMessage(message);
    },
    close() {
      done.abort();
      channel.close();
    },
  };
};
