// A development server that answers like the product, from memory: node apps/console/mock/server.mjs
// PORT (28080), DIST=1 serves the built app under the product's own content policy.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { connect } from "./live.mjs";
import { routes } from "./routes.mjs";
import { session } from "./session.mjs";
import { tenants } from "./world.mjs";

const dist = resolve(fileURLToPath(new URL("../dist", import.meta.url)));
const port = Number(process.env.PORT ?? 28080);
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const kinds = {
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".html": "text/html; charset=utf-8",
  ".json": "application/json",
};

const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? "/", "http://localhost");
  try {
    if (url.pathname === "/v1/stream") return connect(request, response);
    if (url.pathname.startsWith("/v1/")) return await answer(request, response, url);
    if (url.pathname.startsWith("/brand/")) return send(response, 200, brand(), "text/css");
    if (process.env.DIST) return await page(request, response, url);
    send(response, 404, "{}", "application/json");
  } catch (error) {
    if (typeof error.status === "number") return problem(response, error);
    process.stderr.write(`${error.stack}\n`);
    problem(response, { status: 500, code: "internal", title: "Ошибка у нас." });
  }
});

async function answer(request, response, url) {
  if (process.env.DELAY) await new Promise((done) => setTimeout(done, Number(process.env.DELAY)));
  const raw = await bodyOf(request);
  const json = (request.headers["content-type"] ?? "").includes("json");
  const parts = decodeURI(url.pathname).slice(4).split("/");
  for (const [pattern, run] of routes) {
    const [method, path] = pattern.split(" ");
    if (method !== request.method) continue;
    const params = match(path.split("/"), parts);
    if (!params) continue;
    const open = /^(session|password-resets|invitations|setup)/.test(path) && !(method === "GET" && path === "session");
    if (!open && !session.on) throw { status: 401, code: "sign_in_required", title: "Войдите." };
    const body = json && raw.length > 0 ? JSON.parse(raw.toString("utf8")) : raw;
    const result = await run({ params, body, query: url.searchParams, headers: request.headers });
    const status = result?.$status ?? (result === undefined || result === null ? 204 : method === "POST" ? 201 : 200);
    if (result?.$raw) return send(response, 200, result.$raw, result.$type);
    const value = result?.$body ?? result;
    return send(response, status, status === 204 ? "" : JSON.stringify(value), "application/json");
  }
  throw { status: 404, code: "not_found", title: "Не найдено или нет доступа." };
}

function match(pattern, parts) {
  if (pattern.length !== parts.length) return null;
  const params = {};
  for (const [i, want] of pattern.entries()) {
    if (want.startsWith(":")) params[want.slice(1)] = parts[i];
    else if (want !== parts[i]) return null;
  }
  return params;
}

function problem(response, { status, code, title, detail, extra }) {
  send(
    response,
    status,
    JSON.stringify({ type: `/problems/${code}`, title, status, code, detail, request_id: "k3v9q2m7xd", ...extra }),
    "application/problem+json",
  );
}

function send(response, status, body, type) {
  response.writeHead(status, { "Content-Type": type, "Cache-Control": "no-store", "X-Request-Id": "k3v9q2m7xd" });
  response.end(body);
}

function bodyOf(request) {
  return new Promise((done, fail) => {
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => done(Buffer.concat(chunks)));
    request.on("error", fail);
  });
}

async function page(_request, response, url) {
  const asset = url.pathname.startsWith("/assets/") || url.pathname === "/favicon.svg";
  const file = asset ? join(dist, url.pathname) : join(dist, "index.html");
  const content = await readFile(file).catch(() => null);
  if (!content) return send(response, 404, "", "text/plain");
  response.setHeader("Content-Security-Policy", policy);
  send(response, 200, content, kinds[extname(file)] ?? "application/octet-stream");
}

function brand() {
  return tenants
    .map((t) => {
      const vars = (a) =>
        Object.entries(a)
          .map(([k, v]) => `--t-${k}:${v}`)
          .join(";");
      return `[data-tenant="${t.slug}"]{${vars(t.look.light)}}:root[data-theme="dark"] [data-tenant="${t.slug}"]{${vars(t.look.dark)}}`;
    })
    .join("\n");
}

server.listen(port, "127.0.0.1", () => process.stdout.write(`mock on http://127.0.0.1:${port}\n`));
