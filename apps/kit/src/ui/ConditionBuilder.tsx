import { CircleAlert, Plus } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import css from "../conditions/conditions.module.css";
import { type ConditionProblem, type Edit, Editing, type Part } from "../conditions/edit.ts";
import { type ConditionField, freshLeaf } from "../conditions/field.ts";
import { JoinWord, Line } from "../conditions/Nodes.tsx";
import { useIds } from "../conditions/Problems.tsx";
import { add, joinOf, nodesOf, type Path, pointer, type Tree } from "../conditions/tree.ts";
import words from "../conditions/words.json";
import { useWords } from "../words/useWords.ts";
import { Button } from "./Button.tsx";
import { Icon } from "./Icon.tsx";

export interface ConditionBuilderProps {
  /** Its name for a screen reader: «Условия правила». */
  label: string;
  value: Tree;
  onChange: (value: Tree) => void;
  vocabulary: readonly ConditionField[];
  /** The calendars that comparisons of a time may name. */
  calendars?: readonly { key: string; name: string }[];
  /** What the server refused; pointers begin with `at`, "/body/spec/when". */
  problems?: readonly ConditionProblem[];
  at?: string;
}

/**
 * Builds a condition: a line for each that must hold, groups in boxes, all as a sentence of
 * tokens. Alt with ↑ or ↓ moves a condition, Delete takes it away; the menu of each does the same.
 */
export function ConditionBuilder({
  label,
  value,
  onChange,
  vocabulary,
  calendars = none,
  problems = none,
  at = "",
}: ConditionBuilderProps) {
  const t = useWords(words);
  const root = useRef<HTMLFieldSetElement>(null);
  const [said, setSaid] = useState("");
  const [wanted, setWanted] = useState<{ path: Path; part: Part } | null>(null);
  const idOf = useIds();
  useEffect(() => {
    if (!wanted) return;
    focus(root.current, wanted.path, wanted.part);
    setWanted(null);
  }, [wanted]);
  const edit = useMemo<Edit>(
    () => ({
      tree: value,
      change: (tree, to, words) => {
        onChange(tree);
        if (to) setWanted(to);
        setSaid(words ?? "");
      },
      vocabulary,
      calendars,
      problemsAt: (path) => problems.filter((one) => isAt(one.pointer, at + pointer(path))),
      idOf,
    }),
    [value, onChange, vocabulary, calendars, problems, at, idOf],
  );
  const { nodes } = nodesOf(value);
  const join = joinOf(value);
  const whole = join ? edit.problemsAt([]) : [];
  const more = (node: Tree) => {
    const place: Path = nodes.length > 0 || join ? [join ?? "all", nodes.length] : ["all", 0];
    edit.change(add(value, [], node), { path: node.any ? [...place, "any", 0] : place, part: "field" });
  };
  const first = vocabulary[0];
  return (
    <Editing value={edit}>
      <fieldset ref={root} className={css.builder}>
        <legend className="vh">{label}</legend>
        {nodes.length === 0 && <p className={css.always}>{t("always")}</p>}
        {nodes.length > 0 && (
          <ul className={css.rows}>
            {nodes.map(({ path }, index) => (
              <li key={pointer(path)}>
                {index === 0 ? <span className={css.word}>{t("if")}</span> : <JoinWord path={[]} />}
                <Line path={path} />
              </li>
            ))}
          </ul>
        )}
        {whole.map((one) => (
          <div key={one.pointer} className={css.error}>
            <Icon of={CircleAlert} size={12} />
            {one.detail}
          </div>
        ))}
        {first && (
          <div className={css.foot}>
            <Button kind="ghost" size="xs" icon={Plus} onClick={() => more(freshLeaf(first))} data-part=" add">
              {t("condition")}
            </Button>
            <Button kind="ghost" size="xs" icon={Plus} onClick={() => more({ any: [freshLeaf(first)] })}>
              {t("addGroup")}
            </Button>
          </div>
        )}
        <div className="vh" role="status">
          {said}
        </div>
      </fieldset>
    </Editing>
  );
}

const none: readonly never[] = [];

/** Whether a problem is of this node itself: of it, or of its field, op or value. */
function isAt(problem: string, node: string): boolean {
  if (!problem.startsWith(node)) return false;
  const rest = problem.slice(node.length);
  return rest === "" || rest === "/all" || rest === "/any" || /^\/(field|op|value)(\/|$)/.test(rest);
}

/** Gives the focus to a part of a node, else to the first control in it, else to the nearest above. */
function focus(root: HTMLElement | null, path: Path, part: Part): void {
  const parts = [...(root?.querySelectorAll<HTMLElement>("[data-part]") ?? [])];
  const named = (fits: (name: string) => boolean) => parts.find((one) => fits(one.dataset.part ?? ""));
  const own = pointer(path);
  let found = named((name) => name === `${own} ${part}`) ?? named((name) => name.startsWith(`${own}/`) || name.startsWith(`${own} `));
  for (let end = path.length - 1; !found && end >= 0; end -= 1) {
    const above = `${pointer(path.slice(0, end))} add`;
    found = named((name) => name === above);
  }
  const control = found?.matches("button") ? found : found?.querySelector<HTMLElement>("button");
  control?.focus();
}
