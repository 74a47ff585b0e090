import { afterEach, expect, test, vi } from "vitest";
import { comboAria, comboLabel, comboOf } from "./combo.ts";
import { Keys } from "./keys.ts";

let stop = (): void => {};
afterEach(() => {
  stop();
  document.body.replaceChildren();
});

function page(settings = { singleKeys: true, keymap: {} as Record<string, string> }) {
  const keys = new Keys();
  keys.configure(settings);
  stop = keys.listen(document);
  return keys;
}

function press(code: string, init: KeyboardEventInit = {}, target: EventTarget = document.body): void {
  target.dispatchEvent(new KeyboardEvent("keydown", { code, bubbles: true, cancelable: true, ...init }));
}

const command = (id: string, combo: string | string[], run = vi.fn(), more = {}) => ({ id, keys: combo, label: id, run, ...more });

test("a key works by its place, with the Russian layout on", () => {
  const keys = page();
  const next = command("queue.next", "KeyJ");
  keys.push({ name: "list", commands: [next] });
  press("KeyJ", { key: "о" });
  expect(next.run).toHaveBeenCalledOnce();
});

test("in a text field letters are text, chords still work", () => {
  const keys = page();
  const next = command("queue.next", "KeyJ");
  const send = command("send", "Mod+Enter", vi.fn(), { inText: true });
  const find = command("find", "Mod+KeyK");
  keys.push({ name: "ticket", commands: [next, send, find] });
  const area = document.body.appendChild(document.createElement("textarea"));
  press("KeyJ", { key: "о" }, area);
  press("Enter", { ctrlKey: true }, area);
  press("KeyK", { ctrlKey: true }, area);
  expect([next.run, send.run, find.run].map((f) => f.mock.calls.length)).toEqual([0, 1, 0]);
  const box = document.body.appendChild(Object.assign(document.createElement("input"), { type: "checkbox" }));
  press("KeyJ", {}, box);
  expect(next.run).toHaveBeenCalledOnce();
});

test("an input method that is composing keeps its keys", () => {
  const keys = page();
  const next = command("queue.next", "KeyJ");
  keys.push({ name: "list", commands: [next] });
  press("KeyJ", { isComposing: true });
  expect(next.run).not.toHaveBeenCalled();
});

test("the top scope wins, and a dialog silences what lies under it", () => {
  const keys = page();
  const list = command("list.open", "Enter");
  const down = command("list.down", "KeyJ");
  const ticket = command("ticket.open", "Enter");
  keys.push({ name: "list", commands: [list, down] });
  const off = keys.push({ name: "ticket", commands: [ticket] });
  press("Enter");
  press("KeyJ");
  const close = keys.push({ name: "dialog", commands: [], modal: true });
  press("KeyJ");
  close();
  off();
  press("Enter");
  expect([list.run, down.run, ticket.run].map((f) => f.mock.calls.length)).toEqual([1, 1, 1]);
});

test("two keys in a row make one command, if they come within a second", () => {
  const keys = page();
  const queue = command("go.queue", "KeyG KeyQ");
  const other = command("q", "KeyQ");
  keys.push({ name: "page", commands: [queue, other] });
  press("KeyG");
  press("KeyQ");
  press("KeyQ");
  expect(queue.run).toHaveBeenCalledOnce();
  expect(other.run).toHaveBeenCalledOnce();
});

test("keys can be moved, taken away, and single ones switched off as a whole", () => {
  const keys = page({ singleKeys: true, keymap: { "ticket.reply": "KeyQ", "ticket.note": "" } });
  const reply = command("ticket.reply", "KeyR");
  const note = command("ticket.note", "KeyM");
  const send = command("send", "Mod+Enter");
  const leave = command("leave", "Escape");
  keys.push({ name: "ticket", commands: [reply, note, send, leave] });
  press("KeyR");
  press("KeyQ");
  press("KeyM");
  expect([reply.run, note.run].map((f) => f.mock.calls.length)).toEqual([1, 0]);
  keys.configure({ singleKeys: false, keymap: {} });
  press("KeyR");
  press("Enter", { ctrlKey: true });
  press("Escape");
  expect([reply.run, send.run, leave.run].map((f) => f.mock.calls.length)).toEqual([1, 1, 1]);
});

test("Shift is part of a combo: J is not Shift+J", () => {
  const keys = page();
  const down = command("down", "KeyJ");
  const extend = command("extend", "Shift+KeyJ");
  keys.push({ name: "list", commands: [down, extend] });
  press("KeyJ", { shiftKey: true });
  expect([down.run, extend.run].map((f) => f.mock.calls.length)).toEqual([0, 1]);
});

test("what is printed on a cap and said by a screen reader", () => {
  expect(comboLabel("KeyJ")).toBe("J");
  expect(comboLabel("Mod+Enter")).toBe("Ctrl ↵");
  expect(comboLabel("KeyG KeyQ")).toBe("G Q");
  expect(comboLabel("Shift+Slash")).toBe("?");
  expect(comboLabel("Digit0")).toBe("0");
  expect(comboAria("Mod+Enter")).toBe("Control+Enter");
  expect(comboAria("KeyG KeyQ")).toBeUndefined();
  expect(comboOf({ code: "Numpad1", ctrlKey: false, metaKey: false, altKey: true, shiftKey: false })).toBe("Alt+Digit1");
});
