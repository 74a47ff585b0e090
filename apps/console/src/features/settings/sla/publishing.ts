/** A draft that goes live, with the version that was looked at. */
export interface Publishable {
  kind: "calendars" | "sla-policies";
  key: string;
  /** The draft's version. */
  draft: number;
  /** What it is called: «Календарь «5×8»». */
  name: string;
}

export type Running = "keep" | "recalculate";

const order: readonly Publishable["kind"][] = ["calendars", "sla-policies"];

/** Calendars come first: a policy may name only what is live. */
export function inOrder(drafts: readonly Publishable[]): Publishable[] {
  return [...drafts].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

/**
 * Publishes one after another and stops at the first refusal. Running tickets follow once, after
 * the last one; the job that moves them comes back. What is in `done` is not published again.
 */
export async function publishAll(
  drafts: readonly Publishable[],
  running: Running,
  publish: (one: Publishable, running: Running) => Promise<{ job?: string | null }>,
  done: Set<string>,
): Promise<string | null> {
  const left = inOrder(drafts).filter((one) => !done.has(one.kind + one.key));
  let job: string | null = null;
  for (const one of left) {
    const answer = await publish(one, one === left.at(-1) ? running : "keep");
    done.add(one.kind + one.key);
    job = answer.job ?? null;
  }
  return job;
}
