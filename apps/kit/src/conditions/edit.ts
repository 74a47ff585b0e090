import { createContext, useContext } from "react";
import type { ConditionField } from "./field.ts";
import type { Path, Tree } from "./tree.ts";

/** What is wrong at a node, as the server says it. */
export interface ConditionProblem {
  pointer: string;
  detail: string;
}

/** What the nodes of one builder share. */
export interface Edit {
  tree: Tree;
  /** Takes the new tree; `focus` is where the focus goes then, by the node's pointer. */
  change: (tree: Tree, focus?: { path: Path; part: Part }, said?: string) => void;
  vocabulary: readonly ConditionField[];
  calendars: readonly { key: string; name: string }[];
  /** The problems at a node and inside its comparison, not inside its nodes. */
  problemsAt: (path: Path) => ConditionProblem[];
  /** The id of the sentence that says what is wrong at a node. */
  idOf: (path: Path) => string;
}

/** The control of a node that can be asked for the focus. */
export type Part = "field" | "menu" | "add";

export const Editing = createContext<Edit | null>(null);

export function useEdit(): Edit {
  const edit = useContext(Editing);
  if (!edit) throw new Error("a condition outside its builder");
  return edit;
}
