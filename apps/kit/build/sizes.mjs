// The size gate: gzip of what a first visit loads, by following static imports from index.html.
// Run after `npm run build`; fails above the budget. `--json` prints figures for the benchmark.
import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const apps = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const budget = { console: { js: 240, css: 25 }, portal: { js: 120, css: 25 } };
const report = {};
let over = false;

for (const [app, limit] of Object.entries(budget)) {
  const dist = join(apps, app, "dist");
  const html = await readFile(join(dist, "index.html"), "utf8").catch(() => null);
  if (html === null) {
    console.error(`apps/${app} is not built: npm run build -w apps/${app}`);
    process.exit(1);
  }
  const seen = new Map();
  for (const [, path] of html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)) await follow(dist, path, seen);
  const sum = (end) => [...seen].filter(([path]) => path.endsWith(end)).reduce((total, [, size]) => total + size, 0);
  report[app] = { js_kb: kb(sum(".js")), css_kb: kb(sum(".css")), budget: limit };
  over ||= report[app].js_kb > limit.js || report[app].css_kb > limit.css;
}

if (process.argv.includes("--json")) console.log(JSON.stringify(report));
else
  for (const [app, r] of Object.entries(report))
    console.log(`${app}: ${r.js_kb} KB of ${r.budget.js} script, ${r.css_kb} KB of ${r.budget.css} style (gzip)`);
if (over) {
  console.error("over the budget");
  process.exit(1);
}

async function follow(dist, path, seen) {
  if (seen.has(path)) return;
  const raw = await readFile(join(dist, path));
  seen.set(path, gzipSync(raw, { level: 9 }).length);
  if (!path.endsWith(".js")) return;
  const text = raw.toString("utf8");
  for (const [, next] of text.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)) await follow(dist, join(dirname(path), next), seen);
}

function kb(bytes) {
  return Math.round(bytes / 102.4) / 10;
}
