import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Down, Hub, type Source } from "./hub.ts";

class Line implements Source {
  static all: Line[] = [];
  onerror: (() => void) | null = null;
  readyState = 1;
  #ears = new Map<string, (event: MessageEvent<string>) => void>();
  constructor() {
    Line.all.push(this);
  }
  addEventListener(name: string, ear: (event: MessageEvent<string>) => void): void {
    this.#ears.set(name, ear);
  }
  say(name: string, data: unknown = {}, lastEventId = "c1:1-0"): void {
    this.#ears.get(name)?.(new MessageEvent(name, { data: JSON.stringify(data), lastEventId }));
  }
  fail(fatal: boolean): void {
    this.readyState = fatal ? 2 : 0;
    this.onerror?.();
  }
  close(): void {
    this.readyState = 2;
  }
}

const watch = vi.fn<(stream: string, watches: string[]) => Promise<void>>();
let heard: Down[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  Line.all = [];
  heard = [];
  watch.mockReset().mockResolvedValue(undefined);
});
afterEach(() => void vi.useRealTimers());

function hub(): Hub {
  return new Hub({ open: () => new Line(), watch, send: (message) => heard.push(message), random: () => 1 });
}
const last = (): Line => Line.all.at(-1) as Line;
const hints = (): string[] => heard.flatMap((m) => (m.type === "hint" ? m.hint.name : []));
const states = (): string[] => heard.flatMap((m) => (m.type === "state" ? m.state : []));

test("opens with the first page, closes after the last, and opens once for many", () => {
  const one = hub();
  expect(Line.all).toHaveLength(0);
  one.hear({ type: "join", page: "a" });
  one.hear({ type: "join", page: "b" });
  expect(Line.all).toHaveLength(1);
  one.hear({ type: "leave", page: "a" });
  expect(last().readyState).toBe(1);
  one.hear({ type: "leave", page: "b" });
  expect(last().readyState).toBe(2);
});

test("tells the server once what is on all screens together", async () => {
  const one = hub();
  one.hear({ type: "join", page: "a" });
  one.hear({ type: "watch", page: "a", watches: ["queue"] });
  await vi.advanceTimersByTimeAsync(50);
  expect(watch).not.toHaveBeenCalled();
  last().say("hello", { stream: "s1", heartbeat: 15 });
  one.hear({ type: "join", page: "b" });
  one.hear({ type: "watch", page: "b", watches: ["ticket:acme/1042", "queue"] });
  await vi.advanceTimersByTimeAsync(50);
  expect(watch.mock.calls).toEqual([["s1", ["queue", "ticket:acme/1042"]]]);
  one.hear({ type: "here", page: "b" });
  await vi.advanceTimersByTimeAsync(50);
  expect(watch).toHaveBeenCalledOnce();
  one.hear({ type: "leave", page: "b" });
  await vi.advanceTimersByTimeAsync(50);
  expect(watch).toHaveBeenLastCalledWith("s1", ["queue"]);
});

test("passes hints on with their id", () => {
  hub().hear({ type: "join", page: "a" });
  last().say("hello", { stream: "s1" });
  last().say("ticket.changed", { tenant: "acme", ref: "ACME-1042", version: 8 }, "c1:17-0");
  expect(heard).toContainEqual({
    type: "hint",
    hint: { name: "ticket.changed", id: "c1:17-0", data: { tenant: "acme", ref: "ACME-1042", version: 8 } },
  });
});

test("a lost line shows after 3 s and makes pages read again every 10 s, until it is back", async () => {
  hub().hear({ type: "join", page: "a" });
  last().say("hello", { stream: "s1" });
  last().fail(true);
  await vi.advanceTimersByTimeAsync(2999);
  expect(states()).toEqual(["connecting", "live"]);
  await vi.advanceTimersByTimeAsync(1);
  expect(states().at(-1)).toBe("lost");
  await vi.advanceTimersByTimeAsync(20_000);
  expect(hints()).toEqual(["reset", "reset"]);
  last().say("hello", { stream: "s2" });
  expect(states().at(-1)).toBe("live");
  expect(hints()).toHaveLength(3);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(hints()).toHaveLength(3);
});

test("a short break that the browser mends shows nothing and misses nothing", async () => {
  hub().hear({ type: "join", page: "a" });
  last().say("hello", { stream: "s1" });
  last().fail(false);
  await vi.advanceTimersByTimeAsync(2000);
  last().say("hello", { stream: "s2" });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(states()).toEqual(["connecting", "live"]);
  expect(hints()).toEqual([]);
  expect(Line.all).toHaveLength(1);
});

test("tries again slower and slower, at most every 30 s", async () => {
  hub().hear({ type: "join", page: "a" });
  for (const wait of [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]) {
    const before = Line.all.length;
    last().fail(true);
    await vi.advanceTimersByTimeAsync(wait - 1);
    expect(Line.all).toHaveLength(before);
    await vi.advanceTimersByTimeAsync(1);
    expect(Line.all).toHaveLength(before + 1);
  }
});

test("a server that says bye is met again a little later, with a reset", async () => {
  hub().hear({ type: "join", page: "a" });
  last().say("hello", { stream: "s1" });
  last().say("bye");
  await vi.advanceTimersByTimeAsync(5000);
  expect(Line.all).toHaveLength(2);
  last().say("hello", { stream: "s2" });
  expect(hints()).toEqual(["reset"]);
});

test("after the session has ended nothing is tried until a page joins anew", async () => {
  const one = hub();
  one.hear({ type: "join", page: "a" });
  last().say("hello", { stream: "s1" });
  last().say("session.ended");
  await vi.advanceTimersByTimeAsync(120_000);
  expect(Line.all).toHaveLength(1);
  one.hear({ type: "join", page: "a" });
  expect(Line.all).toHaveLength(2);
});

test("a stream the server has forgotten is opened anew", async () => {
  watch.mockRejectedValueOnce(new Error("gone"));
  const one = hub();
  one.hear({ type: "join", page: "a" });
  one.hear({ type: "watch", page: "a", watches: ["queue"] });
  last().say("hello", { stream: "s1" });
  await vi.advanceTimersByTimeAsync(5100);
  last().say("hello", { stream: "s2" });
  await vi.advanceTimersByTimeAsync(50);
  expect(watch).toHaveBeenLastCalledWith("s2", ["queue"]);
});

test("a page that vanished without a word is forgotten", async () => {
  const one = hub();
  one.hear({ type: "join", page: "gone" });
  one.hear({ type: "watch", page: "gone", watches: ["ticket:acme/1"] });
  one.hear({ type: "join", page: "a" });
  last().say("hello", { stream: "s1" });
  await vi.advanceTimersByTimeAsync(50);
  for (let n = 0; n < 8; n += 1) {
    await vi.advanceTimersByTimeAsync(20_000);
    one.hear({ type: "here", page: "a" });
  }
  await vi.advanceTimersByTimeAsync(50);
  expect(watch).toHaveBeenLastCalledWith("s1", []);
});

test("asks to read a thing once more when its hints begin to come", async () => {
  const one = hub();
  one.hear({ type: "join", page: "a" });
  last().say("hello", { stream: "s1" });
  one.hear({ type: "watch", page: "a", watches: ["ticket:acme/1042"] });
  await vi.advanceTimersByTimeAsync(50);
  one.hear({ type: "watch", page: "a", watches: ["queue", "ticket:acme/1042"] });
  await vi.advanceTimersByTimeAsync(50);
  const topics = heard.flatMap((m) => (m.type === "hint" && m.hint.name === "watched" ? [m.hint.data.topics] : []));
  expect(topics).toEqual([["ticket:acme/1042"], ["queue"]]);
});
