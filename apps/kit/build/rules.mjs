// Rules of the web house that the compiler cannot hold. `npm run check` runs them:
// 1. words: both languages, same arguments, all plural forms, no unused key, arguments given at every call;
// 2. floors: app → features → kit; a feature never reaches into another one; the portal never into the console;
// 3. looks: no raw colours outside tokens.css, no file above 500 lines.
import { readdir, readFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "@messageformat/parser";
import ts from "typescript";

const apps = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const problems = [];
const say = (file, text) => problems.push(`apps/${relative(apps, file)}: ${text}`);

const files = [];
for (const app of ["kit", "console", "portal"]) {
  for (const part of ["src", "gallery"]) {
    const folder = join(apps, app, part);
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    for (const e of entries) if (e.isFile()) files.push(join(e.parentPath, e.name));
  }
}

const catalogues = new Map();
for (const file of files.filter((f) => f.endsWith("/words.json"))) catalogues.set(file, await readCatalogue(file));
for (const file of files.filter((f) => /\.(ts|tsx)$/.test(f) && !f.endsWith(".gen.ts"))) await readSource(file);
for (const file of files.filter((f) => f.endsWith(".css"))) await readStyles(file);
for (const [file, { keys, used, whole }] of catalogues) {
  if (whole) continue;
  for (const key of keys.keys()) if (!used.has(key)) say(file, `“${key}” is said nowhere`);
}

if (problems.length > 0) {
  console.error(problems.join("\n"));
  console.error(`\n${problems.length} problem(s) of words, floors or looks`);
  process.exit(1);
}
console.log(`words, floors and looks: ${files.length} files, ${catalogues.size} catalogues, no problem`);

async function readCatalogue(file) {
  const keys = new Map();
  for (const [key, message] of Object.entries(JSON.parse(await readFile(file, "utf8")))) {
    const languages = Object.keys(message).sort().join();
    if (languages !== "en,ru") say(file, `“${key}” must have ru and en, it has ${languages}`);
    const ru = argumentsOf(message.ru ?? "", ["one", "few", "many", "other"], file, `${key} (ru)`);
    const en = argumentsOf(message.en ?? "", ["one", "other"], file, `${key} (en)`);
    if ([...ru].sort().join() !== [...en].sort().join()) say(file, `“${key}” takes {${[...ru]}} in Russian and {${[...en]}} in English`);
    if (/[а-яё]/i.test(message.en ?? "") && !/[«»]|₽/.test(message.en)) say(file, `“${key}” has Cyrillic letters in English`);
    if (/"/.test(message.ru ?? "")) say(file, `“${key}”: Russian quotes are «ёлочки»`);
    keys.set(key, ru);
  }
  return { keys, used: new Set(), whole: false };
}

function argumentsOf(text, forms, file, where) {
  const names = new Set();
  const walk = (tokens) => {
    for (const token of tokens) {
      if (token.arg) names.add(token.arg);
      if (token.type === "plural" || token.type === "select") {
        if (token.type === "plural") {
          for (const form of forms) if (!token.cases.some((c) => c.key === form)) say(file, `“${where}” lacks the plural form “${form}”`);
        }
        for (const one of token.cases) walk(one.tokens);
      }
    }
  };
  try {
    walk(parse(text));
  } catch (cause) {
    say(file, `“${where}” is not a readable message: ${cause.message.split("\n")[0]}`);
  }
  return names;
}

async function readSource(file) {
  const text = await readFile(file, "utf8");
  const lines = text.split("\n").length;
  if (lines > 500) say(file, `${lines} lines: cut it in two`);
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  const words = new Map(); // local name of a catalogue → its file
  const speakers = new Map(); // local name of a `t` → catalogue file
  const visit = (node) => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const target = node.moduleSpecifier.text;
      floors(file, target);
      if (target.endsWith("words.json")) words.set(node.importClause.name.text, resolve(dirname(file), target));
    }
    if (ts.isVariableDeclaration(node) && node.initializer && ts.isCallExpression(node.initializer) && ts.isIdentifier(node.name)) {
      const call = node.initializer;
      const from = call.arguments[0]?.getText();
      if (/^(useWords|speaker)$/.test(call.expression.getText()) && words.has(from)) speakers.set(node.name.text, words.get(from));
    }
    if (ts.isCallExpression(node)) {
      const name = node.expression.getText();
      if (speakers.has(name)) called(file, speakers.get(name), node.arguments[0], node.arguments[1]);
      if (name === "say" && words.has(node.arguments[0]?.getText())) {
        called(file, words.get(node.arguments[0].getText()), node.arguments[1], node.arguments[2]);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  // A `t` handed to another function, or a catalogue used by other means: its keys can't be followed.
  for (const [name, catalogue] of words) {
    const uses = [...text.matchAll(new RegExp(`\\b${name}\\b(?!\\.json)`, "g"))].length;
    const known = [...text.matchAll(new RegExp(`(?:useWords|speaker|say)\\(\\s*${name}\\b|import ${name} `, "g"))].length;
    if (uses > known && catalogues.has(catalogue)) catalogues.get(catalogue).whole = true;
  }
  for (const [name, catalogue] of speakers) {
    if (new RegExp(`[(,{]\\s*${name}\\s*[,})]|=\\{${name}\\}`).test(text) && catalogues.has(catalogue))
      catalogues.get(catalogue).whole = true;
  }
}

function called(file, catalogueFile, key, values) {
  const catalogue = catalogues.get(catalogueFile);
  if (!catalogue || !key) return;
  for (const one of keysIn(key, catalogue)) {
    catalogue.used.add(one);
    const wanted = catalogue.keys.get(one);
    if (!wanted || (values && !ts.isObjectLiteralExpression(values))) continue;
    const given = new Set((values?.properties ?? []).map((p) => (ts.isSpreadAssignment(p) ? "…" : p.name?.getText())));
    if (given.has("…")) continue;
    for (const name of wanted) if (!given.has(name)) say(file, `“${one}” is said without {${name}}`);
  }
}

function keysIn(node, catalogue) {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isParenthesizedExpression(node)) return keysIn(node.expression, catalogue);
  if (ts.isConditionalExpression(node)) return [...keysIn(node.whenTrue, catalogue), ...keysIn(node.whenFalse, catalogue)];
  if (ts.isTemplateExpression(node)) {
    const head = node.head.text;
    const tail = node.templateSpans.at(-1).literal.text;
    for (const key of catalogue.keys.keys()) if (key.startsWith(head) && key.endsWith(tail)) catalogue.used.add(key);
    return [];
  }
  catalogue.whole = true;
  return [];
}

function floors(file, target) {
  const place = relative(apps, file).split("/");
  if (target.startsWith("@manydesk/") && !target.startsWith("@manydesk/kit/")) say(file, `imports ${target}: apps never import each other`);
  if (place[0] === "kit" && target.startsWith("@manydesk/"))
    say(file, `imports ${target}: the kit knows no app, and itself by relative paths`);
  if (!target.startsWith(".")) return;
  const to = relative(apps, resolve(dirname(file), target)).split("/");
  if (to[0] !== place[0]) say(file, `imports ${target}: reach the kit as @manydesk/kit/…`);
  const mine = place[2] === "features" ? place[3] : undefined;
  if (mine && to[0] === place[0]) {
    if (to[2] === "features" && to[3] !== mine) say(file, `feature “${mine}” imports feature “${to[3]}”: let them meet in app/`);
    if (to[2] === "app") say(file, `feature “${mine}” imports from app/: directions are app → features → kit`);
  }
}

async function readStyles(file) {
  if (file.endsWith("/tokens.css")) return;
  const text = (await readFile(file, "utf8")).replace(/\/\*[\s\S]*?\*\//g, "").replace(/@media print\s*\{[\s\S]*?\n\}/g, "");
  for (const found of text.matchAll(/#[0-9a-f]{3,8}\b(?![^{]*\{)|\brgba?\(|\bhsla?\(/gi)) say(file, `raw colour ${found[0]}: use a token`);
}
