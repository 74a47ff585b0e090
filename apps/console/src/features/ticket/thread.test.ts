import type { Entry } from "@manydesk/kit/api/agent";
import { expect, test } from "vitest";
import { lastPublic, mergeEntries, repliesAfter } from "./thread.ts";

const who = (kind: Entry["author"]["kind"]): Entry["author"] => ({ id: kind, name: kind, kind, initials: "" });
const entry = (seq: number, more: Partial<Entry> = {}): Entry => ({
  seq,
  at: "2026-11-23T09:00:00.000Z",
  kind: "comment",
  public: true,
  author: who("contact"),
  ...more,
});

test("pages join by number and the newest data wins", () => {
  const merged = mergeEntries([entry(1), entry(2)], [entry(2, { state: "sent" }), entry(3)]);
  expect(merged.map((e) => e.seq)).toEqual([1, 2, 3]);
  expect(merged[1]?.state).toBe("sent");
});

test("a fact that shows as a message is not told twice", () => {
  const fact = entry(4, { kind: "event", event: { type: "ticket.replied" } });
  expect(mergeEntries([entry(3)], [fact])).toHaveLength(1);
});

test("a reply has seen the newest public entry, notes and facts aside", () => {
  expect(lastPublic([entry(1), entry(2, { public: false, kind: "note" })], 0)).toBe(1);
});

test("the pill counts clients' messages only", () => {
  const entries = [entry(5), entry(6, { author: who("staff") }), entry(7)];
  expect(repliesAfter(entries, 5).map((e) => e.seq)).toEqual([7]);
});
