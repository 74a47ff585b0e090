import { expect, test, vi } from "vitest";
import type { Down, Up } from "./hub.ts";
import { Live } from "./live.ts";

function page() {
  const sent: Up[] = [];
  let deliver: (message: Down) => void = () => {};
  const live = new Live({ stream: "/v1/stream", watches: "/v1/stream/{stream}/watches" }, (_wire, down) => {
    deliver = down;
    return { send: (message) => sent.push(message), close() {} };
  });
  return {
    live,
    sent,
    deliver: (message: Down) => deliver(message),
    watched: () => sent.flatMap((m) => (m.type === "watch" ? [m.watches] : [])).at(-1),
  };
}

test("a thing is watched while at least one part of the page shows it", () => {
  const { live, watched } = page();
  const first = live.watch("ticket:acme/1042");
  const second = live.watch("ticket:acme/1042");
  first();
  first();
  expect(watched()).toEqual(["ticket:acme/1042"]);
  second();
  expect(watched()).toEqual([]);
  live.close();
});

test("hints reach all ears until they stop, and the state its listeners", () => {
  const { live, deliver } = page();
  const ear = vi.fn();
  const off = live.on(ear);
  const listener = vi.fn();
  live.subscribe(listener);
  deliver({ type: "hint", hint: { name: "queue.moved", id: "1", data: {} } });
  off();
  deliver({ type: "hint", hint: { name: "queue.moved", id: "2", data: {} } });
  deliver({ type: "state", state: "lost" });
  expect(ear).toHaveBeenCalledOnce();
  expect(live.state).toBe("lost");
  expect(listener).toHaveBeenCalledOnce();
  live.close();
});

test("a new holder of the stream learns who is here and what they show", () => {
  const { live, sent, deliver } = page();
  live.watch("queue");
  sent.length = 0;
  deliver({ type: "who" });
  expect(sent.map((m) => m.type)).toEqual(["join", "watch"]);
  live.close();
  expect(sent.at(-1)?.type).toBe("leave");
});
