import type { Ticket } from "@manydesk/kit/api/agent";
import type { Clock, ClockKind, SlaWhy } from "@manydesk/kit/api/sla";

const order: readonly ClockKind[] = ["first_response", "next_response", "resolution", "arrival"];

/** The promises of a ticket to show: first to last; a reaction that was kept gives way to the update that followed. */
export function shownClocks(ticket: Pick<Ticket, "clocks">): Clock[] {
  const all = ticket.clocks;
  const next = all.some((clock) => clock.kind === "next_response" && clock.state !== "met");
  return order.flatMap((kind) => {
    if (kind === "first_response" && next) return all.filter((clock) => clock.kind === kind && clock.state !== "met");
    if (kind === "next_response" && !next) return [];
    return all.filter((clock) => clock.kind === kind).slice(-1);
  });
}

/** The promise that the right column explains: the one that runs out first, else one that waits, else the last. */
export function leading<C extends Clock>(clocks: readonly C[]): C | undefined {
  const byDue = (state: Clock["state"]) =>
    clocks
      .filter((clock) => clock.state === state)
      .sort((a, b) => Date.parse(a.due_at ?? "9999-12-31") - Date.parse(b.due_at ?? "9999-12-31"));
  return byDue("running")[0] ?? byDue("paused")[0] ?? clocks.at(-1);
}

export type WhyClock = SlaWhy["clocks"][number];
