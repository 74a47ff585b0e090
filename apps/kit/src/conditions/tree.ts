/** A condition as the server knows it; {} always holds. */
export interface Tree {
  all?: Tree[];
  any?: Tree[];
  not?: Tree;
  field?: string;
  op?: string;
  value?: unknown;
}

export type Kind = "text" | "number" | "choice" | "person" | "company" | "tags" | "boolean" | "time" | "date";
export type Join = "all" | "any";

/** The way to a node: ["all", 0, "not"]. */
export type Path = readonly (string | number)[];

/** As deep as the server takes. */
export const deepest = 8;

export const pointer = (path: Path): string => path.map((step) => `/${step}`).join("");

export const joinOf = (node: Tree): Join | null => (node.all ? "all" : node.any ? "any" : null);

/** The nodes of a group with their ways; a root that is no group is its own only node. */
export function nodesOf(tree: Tree, path: Path = []): { join: Join; nodes: { node: Tree; path: Path }[] } {
  const join = joinOf(tree);
  if (join) return { join, nodes: (tree[join] ?? []).map((node, index) => ({ node, path: [...path, join, index] })) };
  return { join: "all", nodes: tree.field !== undefined || tree.not ? [{ node: tree, path }] : [] };
}

export function nodeAt(tree: Tree, path: Path): Tree {
  let node = tree as unknown;
  for (const step of path) node = (node as Record<string | number, unknown>)[step];
  return node as Tree;
}

/** The tree with another node at a place. */
export function put(tree: Tree, path: Path, node: Tree): Tree {
  const [step, ...rest] = path;
  if (step === undefined) return node;
  if (step === "not") return { not: put(tree.not ?? {}, rest, node) };
  const [index, ...inner] = rest;
  return { [step]: (tree[step as Join] ?? []).map((one, at) => (at === index ? put(one, inner, node) : one)) };
}

/** The tree without a node; groups and negations that it leaves empty go too. */
export function drop(tree: Tree, path: Path): Tree {
  if (path.length === 0) return {};
  if (path.at(-1) === "not") return drop(tree, path.slice(0, -1));
  const group = path.slice(0, -2);
  const join = path.at(-2) as Join;
  const left = (nodeAt(tree, group)[join] ?? []).filter((_, at) => at !== path.at(-1));
  return left.length === 0 ? drop(tree, group) : put(tree, group, { [join]: left });
}

/** The tree with one more node at the end of a group; a root that is none becomes one. */
export function add(tree: Tree, path: Path, node: Tree): Tree {
  const group = nodeAt(tree, path);
  const { join, nodes } = nodesOf(group);
  return put(tree, path, { [join]: [...nodes.map((one) => one.node), node] });
}

/** The tree with a node one place up or down in its group, and where it is now. */
export function move(tree: Tree, path: Path, by: -1 | 1): { tree: Tree; path: Path } {
  const own = path.at(-1) === "not" ? path.slice(0, -1) : path;
  const from = own.at(-1);
  if (typeof from !== "number") return { tree, path };
  const group = own.slice(0, -2);
  const join = own.at(-2) as Join;
  const nodes = [...(nodeAt(tree, group)[join] ?? [])];
  const [node] = nodes.splice(from, 1);
  if (!node || from + by < 0 || from + by > nodes.length) return { tree, path };
  nodes.splice(from + by, 0, node);
  const moved = [...group, join, from + by];
  return { tree: put(tree, group, { [join]: nodes }), path: [...moved, ...path.slice(own.length)] };
}

/** The tree with a node denied, or no more. */
export function negate(tree: Tree, path: Path): { tree: Tree; path: Path } {
  const node = nodeAt(tree, path);
  if (path.at(-1) === "not") {
    const outer = path.slice(0, -1);
    return { tree: put(tree, outer, node), path: outer };
  }
  return { tree: put(tree, path, { not: node }), path: [...path, "not"] };
}

/** The tree with a node in a group of its own, of the other join than the group around it. */
export function nest(tree: Tree, path: Path): { tree: Tree; path: Path } {
  const around = [...path].reverse().find((step) => step === "all" || step === "any");
  const join: Join = around === "any" ? "all" : "any";
  return { tree: put(tree, path, { [join]: [nodeAt(tree, path)] }), path: [...path, join, 0] };
}

/** The tree with a group joined the other way. */
export function rejoin(tree: Tree, path: Path): Tree {
  const { join, nodes } = nodesOf(nodeAt(tree, path));
  return put(tree, path, { [join === "all" ? "any" : "all"]: nodes.map((one) => one.node) });
}

/** How deep a place is: 1 for the root. Ways through a group take two steps. */
export const depthOf = (path: Path): number => 1 + path.filter((step) => typeof step === "string").length;
