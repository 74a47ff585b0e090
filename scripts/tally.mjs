// Counts tests of three runners and prints what a person needs of them.
//   go test -json ./... | node scripts/tally.mjs go [name]
//   node scripts/tally.mjs vitest report.json | playwright report.json
//   node scripts/tally.mjs sum          the closing lines
// Each count is kept in .cache/tally; a run with a failure, or without any test,
// ends with 1. Lines that say "not shown here: …" are gathered and told at the end,
// and so is what failed, with the head of its error: the end of a log is what is read.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";

const folder = ".cache/tally";
const [what, ...files] = process.argv.slice(2);
const leftOut = new Set();
const faults = [];
const colours = /\u001b\[[0-9;]*m/g;

const runners = { go, vitest, playwright, sum, reset };
const run = runners[what];
if (!run) throw new Error(`tally: what is ${what}?`);
await run();

function reset() {
  rmSync(folder, { recursive: true, force: true });
}

function keep(name, passed, failed) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/${name}.json`, JSON.stringify({ name, passed, failed, leftOut: [...leftOut], faults }));
  console.log(`${name}: ${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}

/** Remembers a failure by its name and what is said of it first. */
function fault(name, text) {
  const lines = text.replace(colours, "").split("\n").filter((l) => l.trim());
  faults.push([name, ...lines.slice(0, 12).map((l) => `   ${l.slice(0, 300)}`)].join("\n"));
}

function notice(text) {
  const found = /not shown here: .*/.exec(text);
  if (found) leftOut.add(found[0].trim());
}

async function go() {
  let passed = 0;
  let failed = 0;
  const output = new Map();
  const counts = new Map();
  const brokenInside = new Set();
  for await (const line of createInterface({ input: process.stdin })) {
    let event;
    try {
      event = JSON.parse(line);
    } catch {
      console.log(line);
      continue;
    }
    const pack = event.Package ?? event.ImportPath;
    const key = `${pack} ${event.Test ?? ""}`;
    switch (event.Action) {
      case "output":
        notice(event.Output);
        output.set(key, (output.get(key) ?? "") + event.Output);
        break;
      case "build-output":
        process.stdout.write(event.Output);
        break;
      case "pass":
        if (event.Test) {
          passed++;
          counts.set(pack, (counts.get(pack) ?? 0) + 1);
        } else {
          console.log(`ok    ${pack}  ${counts.get(pack) ?? 0} tests, ${event.Elapsed} s`);
        }
        output.delete(key);
        break;
      case "fail":
        if (event.Test) {
          failed++;
          brokenInside.add(pack);
          console.log(`FAIL  ${pack}  ${event.Test}\n${output.get(key) ?? ""}`);
          fault(`${pack} ${event.Test}`, output.get(key) ?? "");
        } else {
          // A package that does not build, or dies outside its tests, is one failure.
          if (!brokenInside.has(pack)) {
            failed++;
            console.log(output.get(key) ?? "");
            fault(pack, output.get(key) ?? "");
          }
          console.log(`FAIL  ${pack}`);
        }
        output.delete(key);
        break;
      case "skip":
        if (event.Test) leftOut.add(`not shown here: ${event.Test} was skipped`);
        break;
    }
  }
  keep(files[0] ?? "go", passed, failed);
}

function report() {
  try {
    return JSON.parse(readFileSync(files[0], "utf8"));
  } catch {
    return undefined;
  }
}

function vitest() {
  const r = report();
  // A file that cannot be read at all has no tests in it: it counts as one failure.
  const broken = (r?.testResults ?? []).filter((f) => f.status === "failed" && f.assertionResults.length === 0).length;
  for (const f of r?.testResults ?? []) {
    if (f.status === "failed" && f.assertionResults.length === 0) fault(f.name, f.message ?? "");
    for (const t of f.assertionResults) if (t.status === "failed") fault(t.fullName, t.failureMessages.join("\n"));
  }
  keep("web", r?.numPassedTests ?? 0, r ? r.numFailedTests + broken : 1);
}

function playwright() {
  const r = report();
  const name = files[1] ?? "browser";
  const specs = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specs)];
  for (const spec of (r?.suites ?? []).flatMap(specs)) {
    const errors = spec.ok ? [] : spec.tests.flatMap((t) => t.results.flatMap((x) => x.errors));
    if (!spec.ok) fault(`${spec.file}:${spec.line} ${spec.title}`, errors.map((e) => e.message ?? "").join("\n"));
  }
  for (const e of r?.errors ?? []) fault(name, e.message ?? "");
  keep(name, (r?.stats.expected ?? 0) + (r?.stats.flaky ?? 0), r ? r.stats.unexpected + r.errors.length : 1);
}

function sum() {
  let passed = 0;
  let failed = 0;
  const parts = readdirSync(folder).map((f) => JSON.parse(readFileSync(`${folder}/${f}`, "utf8")));
  for (const p of parts) {
    passed += p.passed;
    failed += p.failed;
    for (const line of p.leftOut) leftOut.add(line);
  }
  for (const line of leftOut) console.log(line);
  for (const p of parts) for (const f of p.faults) console.log(`failed: ${f}`);
  for (const p of parts) console.log(`${p.name}: ${p.passed} passed, ${p.failed} failed`);
  console.log(`${passed} passed, ${failed} failed`);
}
