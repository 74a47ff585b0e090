// A development server that answers like the product's portal, from memory, with the built app
// under the product's own content policy: node apps/portal/mock/server.mjs (PORT, 28090).
// GET /__world?session=off&company=off&empty=on&types=one&lang=en begins a new world;
// /__fail?status=500 makes the API refuse until the next world.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { accents, makeWorld } from "./world.mjs";

const dist = resolve(fileURLToPath(new URL("../dist", import.meta.url)));
const port = Number(process.env.PORT ?? 28090);
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const kinds = {
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".html": "text/html; charset=utf-8",
};
const drawing =
  '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360"><rect width="640" height="360" fill="#20303a"/><text x="60" y="150" font-size="64" fill="#7fe0d0" font-family="monospace">CO2 ---- ppm</text><text x="60" y="240" font-size="40" fill="#9fb3bd" font-family="monospace">T 24.1 C  RH 61 %</text></svg>';

let world = makeWorld();
let failing = 0;
const streams = new Set();

const routes = [
  ["GET site", () => world.site()],
  ["POST session/codes", () => ({ $status: 202 })],
  [
    "POST session",
    ({ body }) => {
      if (body.code === "000000" || body.password === "wrong")
        throw refusal(401, "sign_in_failed", "Не подошло", "Код или пароль не подходит. Проверьте и попробуйте ещё раз.");
      if (body.token === "old") throw refusal(404, "not_found", "Не найдено");
      world.session = true;
      return world.me();
    },
  ],
  ["GET session", () => world.me()],
  [
    "DELETE session",
    () => {
      world.session = false;
    },
  ],
  [
    "PATCH me",
    ({ body }) => {
      world.language = body.language ?? world.language;
      world.name = body.name ?? world.name;
      world.zone = body.time_zone ?? world.zone;
      return { $status: 200, ...world.me() };
    },
  ],
  [
    "PUT me/password",
    () => {
      world.password = true;
    },
  ],
  ["GET home", () => world.home()],
  ["GET requests", ({ query }) => ({ items: world.rows(query.get("state")), next: null })],
  [
    "GET company-requests",
    ({ query }) => {
      if (!world.company) throw refusal(403, "denied", "Нет доступа");
      return { items: world.rows(query.get("state")), next: null };
    },
  ],
  [
    "POST requests",
    ({ body }) => {
      const number = 2237 + world.made.length;
      world.made.unshift(number);
      world.states[number] = "received";
      world.said[`subject${number}`] = body.subject;
      world.said[`text${number}`] = body.text;
      world.recorded.push(body);
      return { ref: `LIS-${number}`, number, what_next: world.t().next };
    },
  ],
  ["GET requests/:n", ({ n }) => known(n) && world.page(n)],
  [
    "POST requests/:n/comments",
    ({ n, body }) => {
      const files = (body.uploads ?? []).map((id) => ({ id, inline: false, url: `/files/${id}`, ...world.uploads.get(id) }));
      const entry = {
        seq: 10 + (world.said[n] ?? []).length,
        at: new Date().toISOString(),
        kind: "mine",
        author: { name: world.me().contact.name, initials: "ИП" },
        text: body.text,
        files,
      };
      world.said[n] = [...(world.said[n] ?? []), entry];
      if (world.states[n] === "waiting") world.states[n] = "in_work";
      return entry;
    },
  ],
  [
    "PUT requests/:n/confirmation",
    ({ n }) => {
      world.states[n] = "closed";
      return world.page(n);
    },
  ],
  [
    "PUT requests/:n/reopening",
    ({ n, body }) => {
      world.states[n] = "in_work";
      if (body.text) world.said[n] = [{ seq: 20, at: new Date().toISOString(), kind: "mine", author: null, text: body.text, files: [] }];
      return world.page(n);
    },
  ],
  [
    "PUT requests/:n/rating",
    ({ n, body }) => {
      world.ratings[n] = body.score;
      world.ratings[`form${n}`] = body;
      return world.page(n);
    },
  ],
  [
    "GET ratings/:n",
    ({ token }) => {
      if (token === "old") throw refusal(404, "not_found", "Не найдено");
      return { ref: "LIS-2204", subject: world.t().subjects[2204], score: world.ratings[2204] ?? null, name: world.me().contact.name };
    },
  ],
  [
    "POST ratings/:n",
    ({ body }) => {
      world.ratings[2204] = body.score;
      world.recorded.push(body);
      return { score: body.score };
    },
  ],
  [
    "POST uploads",
    ({ body }) => {
      const id = `up_${world.uploads.size + 1}`;
      world.uploads.set(id, { name: body.name, size: body.size, mime: "application/octet-stream" });
      return { id, name: body.name, size: body.size, offset: 0 };
    },
  ],
  ["PUT uploads/:n/content", ({ token }) => ({ id: token, ...world.uploads.get(token) })],
];

const open = /^(site|session\/codes|ratings\/)/;

const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? "/", "http://localhost");
  try {
    if (url.pathname === "/__world") {
      world = makeWorld(Object.fromEntries(url.searchParams));
      failing = 0;
      return send(response, 200, "{}", "application/json");
    }
    if (url.pathname === "/__fail") {
      failing = Number(url.searchParams.get("status"));
      return send(response, 200, "{}", "application/json");
    }
    if (url.pathname === "/__tell") {
      for (const one of streams) one.write(`id: c1:1-0\nevent: comment.added\ndata: {"number":${url.searchParams.get("number")}}\n\n`);
      return send(response, 200, "{}", "application/json");
    }
    if (url.pathname === "/__recorded") return send(response, 200, JSON.stringify(world.recorded), "application/json");
    if (url.pathname.endsWith("/stream")) return stream(request, response);
    if (url.pathname.startsWith("/v1/portal/")) return await answer(request, response, url);
    if (url.pathname.startsWith("/files/"))
      return url.pathname.endsWith(".svg")
        ? send(response, 200, drawing, "image/svg+xml")
        : send(response, 200, "file", "application/octet-stream");
    if (url.pathname.startsWith("/brand/")) return send(response, 200, brand(), "text/css");
    await page(response, url);
  } catch (error) {
    const { status = 500, code = "internal", title = "Что-то сломалось у нас", detail } = error;
    if (status === 500) process.stderr.write(`${error.stack}\n`);
    send(
      response,
      status,
      JSON.stringify({ type: `/problems/${code}`, title, status, code, detail, request_id: "k3v9q2m7xd" }),
      "application/problem+json",
    );
  }
});

async function answer(request, response, url) {
  const raw = await bodyOf(request);
  const path = decodeURI(url.pathname).split("/").slice(4);
  for (const [pattern, run] of routes) {
    const [method, shape] = pattern.split(" ");
    const parts = shape.split("/");
    if (method !== request.method || parts.length !== path.length || !parts.every((part, i) => part[0] === ":" || part === path[i]))
      continue;
    const at = parts.indexOf(":n");
    if (failing && !open.test(path.join("/"))) throw refusal(failing, "internal", "Что-то сломалось у нас");
    if (!world.session && !open.test(path.join("/")) && pattern !== "POST session") throw refusal(401, "sign_in_required", "Войдите");
    const json = (request.headers["content-type"] ?? "").includes("json") && raw.length > 0;
    const result = run({ n: at < 0 ? 0 : Number(path[at]), token: path[at], body: json ? JSON.parse(raw) : {}, query: url.searchParams });
    const { $status, ...body } = result ?? { $status: 204 };
    const status = $status ?? (method === "POST" ? 201 : 200);
    return send(response, status, status === 204 || status === 202 ? "" : JSON.stringify(body), "application/json");
  }
  throw refusal(404, "not_found", "Не найдено");
}

function known(number) {
  if (!world.states[number]) throw refusal(404, "not_found", "Не найдено");
  return true;
}

function refusal(status, code, title, detail) {
  return Object.assign(new Error(title), { status, code, title, detail });
}

function stream(request, response) {
  response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-cache" });
  response.write('event: hello\ndata: {"stream":"s1","heartbeat":15}\n\n');
  streams.add(response);
  request.on("close", () => streams.delete(response));
}

async function page(response, url) {
  const asset = url.pathname.startsWith("/assets/") || url.pathname === "/favicon.svg";
  const file = asset ? join(dist, url.pathname) : join(dist, "index.html");
  const content = await readFile(file).catch(() => null);
  if (!content) return send(response, 404, "", "text/plain");
  response.setHeader("Content-Security-Policy", policy);
  if (asset) return send(response, 200, content, kinds[extname(file)] ?? "application/octet-stream");
  const boot = JSON.stringify({
    site: "portal",
    language: world.language,
    build: "mock",
    session: world.session ? world.me() : null,
    tenant: world.site(),
  });
  const html = content
    .toString("utf8")
    .replace(/<html[^>]*>/, `<html lang="${world.language}" data-theme="light" data-tenant="lis">`)
    .replace(/(id="boot">)[^<]*/, (_, head) => head + boot.replaceAll("<", "\\u003c"))
    .replace("</head>", '<link rel="stylesheet" href="/brand/lis-1.css"></head>');
  send(response, 200, html, kinds[".html"]);
}

function brand() {
  const of = (a) =>
    Object.entries(a)
      .map(([k, v]) => `--t-${k}:${v}`)
      .join(";");
  return `[data-tenant="lis"]{${of(accents.light)}}:root[data-theme="dark"][data-tenant="lis"]{${of(accents.dark)}}`;
}

function send(response, status, body, type) {
  response.writeHead(status, { "Content-Type": type, "Cache-Control": "no-store", "X-Request-Id": "k3v9q2m7xd" });
  response.end(body);
}

function bodyOf(request) {
  return new Promise((done, fail) => {
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => done(Buffer.concat(chunks).toString("utf8")));
    request.on("error", fail);
  });
}

server.listen(port, "127.0.0.1", () => process.stdout.write(`mock portal on http://127.0.0.1:${port}\n`));
