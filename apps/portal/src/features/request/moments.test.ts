import type { ThreadEntry } from "@manydesk/kit/api/portal";
import { expect, test } from "vitest";
import { conversation, editable, isOwn } from "./moments.ts";

const at = "2026-11-22T09:00:00Z";
const answer: ThreadEntry = { seq: 3, at, kind: "theirs", author: { name: "Олег", initials: "О" }, text: "Смотрим", files: [] };

test("the request's own text opens the conversation", () => {
  const [first, second] = conversation({ text: "Молчит", created_at: at, thread: [answer] }, true);
  expect(first).toMatchObject({ seq: 1, kind: "mine", text: "Молчит", at });
  expect(second).toBe(answer);
});

test("its files and its author come with the first line", () => {
  const head: ThreadEntry = {
    seq: 1,
    at,
    kind: "colleague",
    author: { name: "Наталья", initials: "Н" },
    files: [{ id: "f", name: "a.png", mime: "image/png", size: 1, inline: false, url: "/f" }],
  };
  const talk = conversation({ text: "Молчит", created_at: at, thread: [head, answer] }, false);
  expect(talk).toHaveLength(2);
  expect(talk[0]).toMatchObject({ kind: "colleague", text: "Молчит", author: { name: "Наталья" } });
  expect(talk[0]?.files).toHaveLength(1);
});

test("a first line that says something itself stays as it is", () => {
  const said = { ...answer, seq: 1 };
  expect(conversation({ text: "", created_at: at, thread: [said] }, true)).toEqual([said]);
});

test("a rating may be changed until its end", () => {
  const now = new Date("2026-11-22T10:00:00Z");
  expect(editable(null, now)).toBe(true);
  expect(editable("2026-11-22T10:00:01Z", now)).toBe(true);
  expect(editable("2026-11-22T10:00:00Z", now)).toBe(false);
});

test("who filed a request, as far as it can be told", () => {
  const request = { abilities: ["reply"], number: 7, thread: [answer] };
  expect(isOwn(request, "own", [])).toBe(true);
  expect(isOwn(request, "company", [])).toBe(false);
  expect(isOwn(request, "company", [7])).toBe(true);
  expect(isOwn({ ...request, abilities: ["rate"] }, "company", [])).toBe(true);
  expect(isOwn({ ...request, thread: [{ ...answer, kind: "mine" }] }, "company", [])).toBe(true);
});
