import type { ProcessStage } from "@manydesk/kit/api/route";

/** The stages with one at another place. The first one begins beside nothing. */
export function placed(stages: readonly ProcessStage[], key: string, to: number): ProcessStage[] {
  const stage = stages.find((one) => one.key === key);
  if (!stage || to < 0 || to >= stages.length) return [...stages];
  const rest = stages.filter((one) => one !== stage);
  rest.splice(to, 0, stage);
  return firstAlone(rest);
}

export function without(stages: readonly ProcessStage[], key: string): ProcessStage[] {
  return firstAlone(stages.filter((one) => one.key !== key));
}

/** The stages with one put back where it was, as far as there is such a place. */
export function restored(stages: readonly ProcessStage[], stage: ProcessStage, at: number): ProcessStage[] {
  if (stages.some((one) => one.key === stage.key)) return [...stages];
  const all = [...stages];
  all.splice(Math.min(at, all.length), 0, stage);
  return firstAlone(all);
}

export function changed(stages: readonly ProcessStage[], key: string, part: Partial<ProcessStage>): ProcessStage[] {
  return stages.map((one) => (one.key === key ? filled({ ...one, ...part }) : one));
}

/** A key that no other stage has. */
export function freshKey(): string {
  return `s${crypto.randomUUID().slice(0, 8)}`;
}

function firstAlone(stages: readonly ProcessStage[]): ProcessStage[] {
  return stages.map((one, at) => (at === 0 && one.beside ? filled({ ...one, beside: undefined }) : one));
}

// What is empty is not said at all.
function filled<T extends object>(stage: T): T {
  return Object.fromEntries(
    Object.entries(stage).filter(
      ([, value]) => value !== undefined && value !== "" && value !== false && value !== 0 && !(Array.isArray(value) && value.length === 0),
    ),
  ) as T;
}
