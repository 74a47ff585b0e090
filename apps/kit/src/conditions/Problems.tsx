import { CircleAlert } from "lucide-react";
import { useCallback, useId } from "react";
import { Icon } from "../ui/Icon.tsx";
import css from "./conditions.module.css";
import { useEdit } from "./edit.ts";
import { joinOf, nodeAt, nodesOf, type Path } from "./tree.ts";

/** What is wrong with a comparison: for its tokens, which are described by the sentence under them. */
export function useProblems(path: Path): { has: (part: "field" | "value") => boolean; id?: string } {
  const { problemsAt, idOf } = useEdit();
  const own = problemsAt(path);
  return {
    has: (part) => own.some((one) => one.pointer.includes(`/${part}`) || (part === "field" && !/\/(field|op|value)/.test(one.pointer))),
    id: own.length > 0 ? idOf(path) : undefined,
  };
}

/** The sentences of a node and of all nodes in it. */
export function Problems({ path }: { path: Path }) {
  const { tree, problemsAt, idOf } = useEdit();
  const node = nodeAt(tree, path);
  const own = problemsAt(path);
  return (
    <>
      {own.length > 0 && (
        <div id={idOf(path)} className={css.error}>
          <Icon of={CircleAlert} size={12} />
          <span>{own.map((one) => one.detail).join(" ")}</span>
        </div>
      )}
      {node.not && <Problems path={[...path, "not"]} />}
      {joinOf(node) && nodesOf(node, path).nodes.map((one) => <Problems key={one.path.join("/")} path={one.path} />)}
    </>
  );
}

/** Makes the ids of sentences of one builder. */
export function useIds(): (path: Path) => string {
  const own = useId();
  return useCallback((path) => `${own}${path.join("-")}`, [own]);
}
