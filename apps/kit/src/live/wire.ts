import { type Down, Hub, type Source } from "./hub.ts";

/** Where the stream is: `{stream}` in `watches` stands for its id. */
export interface Wire {
  stream: string;
  watches: string;
}

/** A hub on the real line: EventSource and fetch, both with the site's own cookie. */
export function hub(wire: Wire, send: (message: Down) => void): Hub {
  return new Hub({
    send,
    open: () => new EventSource(wire.stream) as unknown as Source,
    async watch(stream, watches) {
      const answer = await fetch(wire.watches.replace("{stream}", encodeURIComponent(stream)), {
        method: "PUT",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ watches }),
        signal: AbortSignal.timeout(10_000),
      });
      if (answer.status === 404) throw new Error("the stream is gone");
    },
  });
}
