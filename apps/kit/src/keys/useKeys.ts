import { useEffect, useRef } from "react";
import { type Command, keys, type Scope } from "./keys.ts";

export interface UseKeysOptions {
  /** False while the scope should be deaf: a list under a dialog that is not modal. */
  active?: boolean;
  modal?: boolean;
}

/**
 * Gives keys to what is on the screen, for as long as it is there:
 * `useKeys(t("list"), [{ id: "queue.next", keys: "KeyJ", label: t("down"), run: down }])`.
 * Commands may be made anew at each render: the newest are called.
 */
export function useKeys(name: string, commands: readonly Command[], { active = true, modal }: UseKeysOptions = {}): void {
  const newest = useRef(commands);
  newest.current = commands;
  const shape = commands.map((c) => `${c.id} ${c.keys} ${c.label} ${c.inText}`).join("\n");
  // biome-ignore lint/correctness/useExhaustiveDependencies: shape stands for the commands.
  useEffect(() => {
    if (!active) return;
    const scope: Scope = {
      name,
      modal,
      commands: newest.current.map((command, index) => ({ ...command, run: (event) => newest.current[index]?.run(event) })),
    };
    return keys.push(scope);
  }, [name, active, modal, shape]);
}
