import type { RoutingWhy } from "@manydesk/kit/api/route";

type Tried = RoutingWhy["tried"][number];

/** A rule shown whole, or a stretch of rules that did not fit, shown as one line. */
export type Step = { kind: "rule"; rule: Tried } | { kind: "missed"; rules: Tried[] };

const together = 3;

/** Rules in order; three or more in a row that did not fit become one line, but for the last before the one that did. */
export function stepsOf(tried: readonly Tried[], compact: boolean): Step[] {
  const steps: Step[] = [];
  let run: Tried[] = [];
  const flush = () => {
    if (run.length >= together && compact) steps.push({ kind: "missed", rules: run });
    else steps.push(...run.map((rule): Step => ({ kind: "rule", rule })));
    run = [];
  };
  for (const rule of tried) {
    if (rule.matched) {
      flush();
      steps.push({ kind: "rule", rule });
    } else run.push(rule);
  }
  flush();
  return steps;
}
