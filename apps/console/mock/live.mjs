// The event stream of the development server.
const open = new Set();
let id = 0;

export function connect(request, response) {
  response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-cache, no-transform" });
  const stream = `str_${Date.now().toString(36)}`;
  response.write(`event: hello\ndata: ${JSON.stringify({ stream, heartbeat: 15 })}\n\n`);
  const beat = setInterval(() => response.write(": beat\n\n"), 15_000);
  open.add(response);
  request.on("close", () => {
    clearInterval(beat);
    open.delete(response);
  });
}

export function tell(name, data) {
  id += 1;
  for (const response of open) response.write(`id: c1:${id}-0\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
}
