import { Ellipsis, Plus } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "../ui/Button.tsx";
import { Menu, type MenuEntry } from "../ui/Menu.tsx";
import { useWords } from "../words/useWords.ts";
import { Comparison } from "./Comparison.tsx";
import css from "./conditions.module.css";
import { useEdit } from "./edit.ts";
import { freshLeaf } from "./field.ts";
import { Problems } from "./Problems.tsx";
import { add, deepest, depthOf, drop, joinOf, move, negate, nest, nodeAt, nodesOf, type Path, pointer, rejoin } from "./tree.ts";
import words from "./words.json";

/** The word between two conditions; pressing it changes all of its group. */
export function JoinWord({ path }: { path: Path }) {
  const t = useWords(words);
  const { tree, change } = useEdit();
  const { join } = nodesOf(nodeAt(tree, path));
  return (
    <button
      type="button"
      className={css.word}
      aria-label={join === "all" ? t("toOr") : t("toAnd")}
      onClick={() => change(rejoin(tree, path))}
    >
      {join === "all" ? t("and") : t("or")}
    </button>
  );
}

/** A node with what is wrong at it under it. */
export function Line({ path }: { path: Path }) {
  return (
    <div className={css.line}>
      <Node path={path} />
      <Problems path={path} />
    </div>
  );
}

/** A comparison, a negation or a group, as part of the sentence. */
export function Node({ path }: { path: Path }): ReactNode {
  const { tree } = useEdit();
  const node = nodeAt(tree, path);
  if (node.not) return <Negation path={[...path, "not"]} />;
  return <Keyed path={path}>{joinOf(node) ? <Group path={path} /> : <Comparison path={path} menu={<NodeMenu path={path} />} />}</Keyed>;
}

function Negation({ path }: { path: Path }) {
  const t = useWords(words);
  const { tree, change } = useEdit();
  const undo = () => {
    const next = negate(tree, path);
    change(next.tree, { path: next.path, part: "menu" });
  };
  return (
    <span className={css.said}>
      <button type="button" className={css.word} aria-label={t("unNot")} onClick={undo}>
        {t("not")}
      </button>
      <Node path={path} />
    </span>
  );
}

function Group({ path }: { path: Path }) {
  const t = useWords(words);
  const { tree, change, vocabulary } = useEdit();
  const { join, nodes } = nodesOf(nodeAt(tree, path), path);
  const more = () => {
    const first = vocabulary[0];
    if (first) change(add(tree, path, freshLeaf(first)), { path: [...path, join, nodes.length], part: "field" });
  };
  return (
    <ul className={css.group} aria-label={join === "all" ? t("allOf") : t("anyOf")}>
      {nodes.map((one, index) => (
        <li key={pointer(one.path)}>
          {index > 0 && <JoinWord path={path} />}
          <Node path={one.path} />
        </li>
      ))}
      <li>
        <IconButton icon={Plus} size="xs" label={t("addHere")} onClick={more} data-part={`${pointer(path)} add`} />
        <NodeMenu path={path} />
      </li>
    </ul>
  );
}

/** Alt with ↑ or ↓ moves the node, Delete outside of typing takes it away. */
function Keyed({ path, children }: { path: Path; children: ReactNode }) {
  const act = useActs(path);
  return (
    <span
      className={css.said}
      onKeyDownCapture={(event) => {
        if (event.target instanceof Element && event.target.closest("[data-node]") !== event.currentTarget) return;
        const typing = event.target instanceof HTMLInputElement;
        if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
          event.preventDefault();
          event.stopPropagation();
          act.move(event.key === "ArrowUp" ? -1 : 1);
        } else if (!typing && event.key === "Delete") {
          event.preventDefault();
          event.stopPropagation();
          act.remove();
        }
      }}
      data-node={pointer(path)}
    >
      {children}
    </span>
  );
}

function useActs(path: Path) {
  const t = useWords(words);
  const { tree, change } = useEdit();
  const own = path.at(-1) === "not" ? path.slice(0, -1) : path;
  const place = own.at(-1);
  const among = typeof place === "number" ? nodesOf(nodeAt(tree, own.slice(0, -2))).nodes.length : 1;
  return {
    first: typeof place !== "number" || place === 0,
    last: typeof place !== "number" || place === among - 1,
    move: (by: -1 | 1) => {
      const next = move(tree, path, by);
      const now = typeof place === "number" ? place + by + 1 : 1;
      if (next.tree !== tree) change(next.tree, { path: next.path, part: "menu" }, t("moved", { n: now, of: among }));
    },
    negate: () => {
      const next = negate(tree, path);
      change(next.tree, { path: next.path, part: "menu" });
    },
    nest: () => {
      const next = nest(tree, path);
      change(next.tree, { path: next.path, part: "menu" });
    },
    remove: () => change(drop(tree, path), { path: neighbour(own), part: "field" }, t("removed")),
  };
}

/** Where the focus goes when a node is gone: the one before it. */
function neighbour(path: Path): Path {
  const place = path.at(-1);
  return typeof place === "number" ? [...path.slice(0, -1), Math.max(place - 1, 0)] : path;
}

function NodeMenu({ path }: { path: Path }) {
  const t = useWords(words);
  const { tree, vocabulary } = useEdit();
  const act = useActs(path);
  const node = nodeAt(tree, path);
  const name = vocabulary.find((one) => one.key === node.field)?.name ?? node.field;
  const items: MenuEntry[] = [
    { label: t("up"), keys: "Alt+ArrowUp", disabled: act.first, onSelect: () => act.move(-1) },
    { label: t("down"), keys: "Alt+ArrowDown", disabled: act.last, onSelect: () => act.move(1) },
    { label: t("negate"), checked: path.at(-1) === "not", onSelect: act.negate },
    { label: t("nest"), disabled: depthOf(path) >= deepest, onSelect: act.nest },
    "line",
    { label: t("remove"), keys: "Delete", danger: true, onSelect: act.remove },
  ];
  const label = node.field === undefined ? t("actionsOfGroup") : t("actions", { name: name ?? "" });
  return <Menu button={<IconButton icon={Ellipsis} size="xs" label={label} data-part={`${pointer(path)} menu`} />} items={items} />;
}
