import type { ServerResponse } from "node:http";
import type { Connect, Plugin } from "vite";

/** A small stream for the gallery: counts its listeners, keeps what is watched, says what it is told to say. */
export function stream(): Plugin {
  const open = new Map<string, ServerResponse>();
  let watched: string[] = [];
  let made = 0;
  const answer: Connect.NextHandleFunction = (request, response, next) => {
    const { method, url = "" } = request;
    if (method === "GET" && url === "/v1/stream") {
      made += 1;
      const id = `s${made}`;
      open.set(id, response);
      request.on("close", () => open.delete(id));
      response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-cache, no-transform" });
      response.write(`event: hello\ndata: {"stream":"${id}","heartbeat":15}\n\n`);
    } else if (method === "GET" && url === "/v1/stream/facts") {
      response.setHeader("Content-Type", "application/json");
      response.end(JSON.stringify({ open: open.size, made, watched }));
    } else if (method === "PUT" && url.endsWith("/watches")) {
      read(request, (body) => {
        watched = (JSON.parse(body) as { watches: string[] }).watches;
        response.writeHead(204).end();
      });
    } else if (method === "POST" && url === "/v1/stream/say") {
      read(request, (name) => {
        for (const one of open.values()) one.write(`id: c1:${Date.now()}-0\nevent: ${name}\ndata: {"tenant":"acme"}\n\n`);
        response.writeHead(204).end();
      });
    } else if (method === "DELETE" && url === "/v1/stream") {
      for (const one of open.values()) one.end();
      response.writeHead(204).end();
    } else next();
  };
  return {
    name: "gallery-stream",
    configureServer: (server) => void server.middlewares.use(answer),
    configurePreviewServer: (server) => void server.middlewares.use(answer),
  };
}

function read(request: Connect.IncomingMessage, done: (body: string) => void): void {
  let body = "";
  request.on("data", (chunk) => {
    body += chunk;
  });
  request.on("end", () => done(body));
}
