// The one holder of the stream for all tabs of a browser. A name is given per wire, so that the
// console's and the portal's streams never share a worker.
import type { Down, Hub, Up } from "./hub.ts";
import { hub, type Wire } from "./wire.ts";

const scope = self as unknown as { name: string; onconnect: ((event: MessageEvent) => void) | null };
const wire = JSON.parse(scope.name) as Wire;
const ports = new Map<MessagePort, string>();
let held: Hub | null = null;

scope.onconnect = (event) => {
  const port = event.ports[0];
  if (!port) return;
  port.onmessage = ({ data }: MessageEvent<Up>) => {
    if (data.type === "leave") ports.delete(port);
    else ports.set(port, data.page);
    held ??= hub(wire, send);
    held.hear(data);
  };
};

function send(message: Down): void {
  for (const port of ports.keys()) port.postMessage(message);
}
