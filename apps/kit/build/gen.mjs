// Makes the API's types from the server's own description. The two documents are golden
// files of apps/api; `--check` fails when the types in the tree are not what they give.
import { readFile, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import openapi, { astToString } from "openapi-typescript";

const here = dirname(fileURLToPath(import.meta.url));
const check = process.argv.includes("--check");
const few = new Set(["priority", "step"]);
let stale = false;

for (const name of ["agent", "portal"]) {
  const from = resolve(here, `../../api/openapi/${name}.json`);
  const to = resolve(here, `../src/api/${name}.gen.ts`);
  const document = sharpen(JSON.parse(await readFile(from, "utf8")));
  const head = `// Made from apps/api/openapi/${name}.json by npm run gen. Do not edit.\n\n`;
  const made = head + astToString(await openapi(document, { alphabetize: true }));
  const old = await readFile(to, "utf8").catch(() => "");
  if (made === old) continue;
  if (check) {
    console.error(`apps/kit/src/api/${name}.gen.ts is old: run npm run gen`);
    stale = true;
  } else {
    await writeFile(to, made);
    console.log(`wrote apps/kit/src/api/${name}.gen.ts`);
  }
}
process.exit(stale ? 1 : 0);

// A priority of 1 to 4 and a step of 1 to 5 become those numbers; the headers that the client gives by
// itself, by ifMatch() or by once() are not asked for at every call.
function sharpen(node, name = "") {
  if (Array.isArray(node)) return node.map((one) => sharpen(one));
  if (node === null || typeof node !== "object") return node;
  const out = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, sharpen(value, key)]));
  if (few.has(name) && out.type === "integer" && Number.isInteger(out.maximum)) {
    out.enum = Array.from({ length: out.maximum - out.minimum + 1 }, (_, index) => out.minimum + index);
  }
  if (out.in === "header") out.required = false;
  return out;
}
