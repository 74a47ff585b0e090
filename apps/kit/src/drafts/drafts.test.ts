import "fake-indexeddb/auto";
import { createStore } from "idb-keyval";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type DraftKey, Drafts, forgetDrafts, indexed, type Shelf } from "./drafts.ts";

const acme: DraftKey = { tenant: "acme", ticket: "ACME-1042", kind: "reply", user: "vera" };
const empty = (text: string): boolean => text === "";

function memory(): Shelf & { kept: Map<string, unknown> } {
  const kept = new Map<string, unknown>();
  return {
    kept,
    get: async (key) => kept.get(key),
    set: async (key, value) => void kept.set(key, value),
    del: async (key) => void kept.delete(key),
  };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("kept on the machine after 400 ms, on the server after 1.5 s, each once", async () => {
  const shelf = memory();
  const save = vi.fn(async () => {});
  const drafts = new Drafts<string>({ shelf, save, empty });
  drafts.edit(acme, "И");
  await vi.advanceTimersByTimeAsync(300);
  drafts.edit(acme, "Иван, добрый день");
  await vi.advanceTimersByTimeAsync(399);
  expect(shelf.kept.size).toBe(0);
  await vi.advanceTimersByTimeAsync(1);
  expect([...shelf.kept.values()]).toMatchObject([{ value: "Иван, добрый день" }]);
  expect(save).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1100);
  expect(save).toHaveBeenCalledExactlyOnceWith(acme, "Иван, добрый день", expect.any(AbortSignal));
  expect(drafts.peek(acme).state).toBe("kept");
});

test("a reply, a note, another ticket, another tenant and another person are five drafts", async () => {
  const shelf = memory();
  const drafts = new Drafts<string>({ shelf, empty });
  const keys = [acme, { ...acme, kind: "note" }, { ...acme, ticket: "ACME-1043" }, { ...acme, tenant: "lis" }, { ...acme, user: "oleg" }];
  for (const [index, key] of keys.entries()) drafts.edit(key, `text ${index}`);
  await vi.advanceTimersByTimeAsync(500);
  const anew = new Drafts<string>({ shelf, empty });
  for (const [index, key] of keys.entries()) expect((await anew.load(key))?.value).toBe(`text ${index}`);
});

test("saves of one draft never overtake each other", async () => {
  const order: string[] = [];
  let finish: () => void = () => {};
  const save = vi.fn((_key: DraftKey, value: string) => {
    order.push(`start ${value}`);
    return new Promise<void>((resolve) => {
      finish = () => {
        order.push(`end ${value}`);
        resolve();
      };
    });
  });
  const drafts = new Drafts<string>({ shelf: memory(), save, empty });
  drafts.edit(acme, "one");
  await vi.advanceTimersByTimeAsync(1500);
  drafts.edit(acme, "two");
  await vi.advanceTimersByTimeAsync(1500);
  expect(order).toEqual(["start one"]);
  expect(drafts.peek(acme).state).toBe("keeping");
  finish();
  await vi.advanceTimersByTimeAsync(0);
  finish();
  await drafts.settled(acme);
  expect(order).toEqual(["start one", "end one", "start two", "end two"]);
  expect(drafts.peek(acme).state).toBe("kept");
});

test("a server that is away loses nothing and is tried again", async () => {
  const save = vi.fn().mockRejectedValueOnce(new Error("away")).mockResolvedValue(undefined);
  const shelf = memory();
  const drafts = new Drafts<string>({ shelf, save, empty });
  drafts.edit(acme, "text");
  await vi.advanceTimersByTimeAsync(1500);
  expect(drafts.peek(acme).state).toBe("local");
  expect(shelf.kept.size).toBe(1);
  await vi.advanceTimersByTimeAsync(15_000);
  expect(drafts.peek(acme).state).toBe("kept");
  expect(save).toHaveBeenCalledTimes(2);
});

test("hiding the page writes at once", async () => {
  const save = vi.fn(async () => {});
  const shelf = memory();
  const drafts = new Drafts<string>({ shelf, save, empty });
  const stop = drafts.watchPage();
  drafts.edit(acme, "half a sen");
  vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
  document.dispatchEvent(new Event("visibilitychange"));
  await drafts.settled(acme);
  expect(shelf.kept.size).toBe(1);
  expect(save).toHaveBeenCalledOnce();
  stop();
  vi.restoreAllMocks();
});

test("a sent message leaves no draft, even when a save was under way", async () => {
  const shelf = memory();
  const discard = vi.fn(async () => {});
  const save = vi.fn(
    (_key: DraftKey, _value: string, signal: AbortSignal) =>
      new Promise<void>((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
  );
  const drafts = new Drafts<string>({ shelf, save, discard, empty });
  drafts.edit(acme, "text");
  await vi.advanceTimersByTimeAsync(1500);
  await drafts.drop(acme);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(shelf.kept.size).toBe(0);
  expect(discard).toHaveBeenCalledOnce();
  expect(save).toHaveBeenCalledOnce();
  expect(await drafts.load(acme)).toBeUndefined();
});

test("what is left behind is kept before the page is gone", async () => {
  const shelf = memory();
  const drafts = new Drafts<string>({ shelf, empty });
  await drafts.keep(acme);
  expect(shelf.kept.size).toBe(0);
  drafts.edit(acme, "typed a moment ago");
  await drafts.keep(acme);
  expect(shelf.kept.size).toBe(1);
  expect(drafts.peek(acme).state).toBe("kept");
});

test("the newer of two machines wins", async () => {
  const drafts = new Drafts<string>({ shelf: memory(), empty });
  drafts.edit(acme, "here");
  const at = drafts.peek(acme).at;
  expect(await drafts.restore(acme, { value: "older, there", at: at - 1 })).toBe("here");
  expect(await drafts.restore(acme, { value: "newer, there", at: at + 1 })).toBe("newer, there");
  expect(drafts.peek(acme).value).toBe("newer, there");
});

test("lives in the browser's own store and leaves it at sign-out", async () => {
  vi.useRealTimers();
  const store = createStore("drafts-test", "drafts");
  const drafts = new Drafts<string>({ shelf: indexed(store), empty });
  drafts.edit(acme, "text");
  drafts.edit({ ...acme, user: "oleg" }, "other");
  drafts.flush();
  await drafts.settled(acme);
  await drafts.settled({ ...acme, user: "oleg" });
  expect((await new Drafts<string>({ shelf: indexed(store), empty }).load(acme))?.value).toBe("text");
  await forgetDrafts("vera", store);
  const anew = new Drafts<string>({ shelf: indexed(store), empty });
  expect(await anew.load(acme)).toBeUndefined();
  expect((await anew.load({ ...acme, user: "oleg" }))?.value).toBe("other");
});
