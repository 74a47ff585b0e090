import type { RequestPage, ThreadEntry } from "@manydesk/kit/api/portal";

/** Whether a rating may still be changed. A server that names no end allows it. */
export function editable(until: string | null, now: Date): boolean {
  return until === null || new Date(until) > now;
}

/**
 * The conversation from its first word. The request's own text is no line of the thread but a
 * member of its own; the first line, when there is one, brings only its files and its author.
 */
export function conversation(request: Pick<RequestPage, "text" | "created_at" | "thread">, own: boolean): ThreadEntry[] {
  const [head, ...rest] = request.thread;
  const first = head && head.seq === 1 && head.kind !== "event" && !head.text && !head.html ? head : undefined;
  if (!request.text && !first) return request.thread;
  const opening: ThreadEntry = {
    seq: 1,
    at: request.created_at,
    kind: own ? "mine" : "colleague",
    author: null,
    files: [],
    ...first,
    text: request.text,
  };
  return [opening, ...(first ? rest : request.thread)];
}

/**
 * Whether the reader filed the request. Whoever sees only their own has no other; of the rest the
 * server says it by what may be done, by who has written, or by the reader's own first page.
 */
export function isOwn(
  request: Pick<RequestPage, "abilities" | "number" | "thread">,
  sees: "own" | "company",
  mine: readonly number[],
): boolean {
  if (sees === "own" || request.abilities.includes("rate") || mine.includes(request.number)) return true;
  const wrote = (kind: ThreadEntry["kind"]) => request.thread.some((entry) => entry.kind === kind);
  return wrote("mine") && !wrote("colleague");
}
