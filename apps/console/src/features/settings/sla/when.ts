import type { Tree } from "./spec.ts";

/** The few conditions that the short form knows. Empty: any. */
export interface Simple {
  type: string;
  priority: string;
  vip: boolean;
}

/** The tree as the short form shows it; null for one that says more. */
export function toSimple(tree: Tree | undefined): Simple | null {
  const simple: Simple = { type: "", priority: "", vip: false };
  if (!tree || Object.keys(tree).length === 0) return simple;
  const parts = "all" in tree ? (tree.all as Tree[]) : [tree];
  for (const part of parts) {
    if (!("field" in part)) return null;
    const { field, op, value } = part as { field: string; op: string; value?: unknown };
    const list = Array.isArray(value) ? value : [];
    if (field === "type" && op === "in" && list.length === 1 && !simple.type) simple.type = String(list[0]);
    else if (field === "priority" && op === "at_most" && !simple.priority) simple.priority = String(value);
    else if (field === "contact.vip" && op === "is" && value === true) simple.vip = true;
    else return null;
  }
  return simple;
}

export function fromSimple({ type, priority, vip }: Simple): Tree | undefined {
  const parts: Tree[] = [];
  if (type) parts.push({ field: "type", op: "in", value: [type] });
  if (priority) parts.push({ field: "priority", op: "at_most", value: Number(priority) });
  if (vip) parts.push({ field: "contact.vip", op: "is", value: true });
  return parts.length > 1 ? { all: parts } : parts[0];
}
