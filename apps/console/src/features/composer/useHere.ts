import type { Ticket } from "@manydesk/kit/api/agent";
import { useCallback, useEffect, useRef } from "react";
import { claim, release, tellPresence } from "./mutations.ts";

const beat = 15_000;
const claimAgain = 30_000;

/**
 * Tells colleagues that we are here, and that we write. Returns what to call at each key of a
 * reply, and what to call when it has gone.
 */
export function useHere(place: Pick<Ticket, "tenant" | "number">): { typed: (reply: boolean) => void; sent: () => void } {
  const { tenant, number } = place;
  const last = useRef({ typed: 0, claimed: 0, told: 0 });
  useEffect(() => {
    const here = { tenant, number };
    const marks = last.current;
    const tell = () => {
      if (document.visibilityState !== "visible") return;
      void tellPresence(here, Date.now() - marks.typed < beat ? "typing" : "viewing").catch(() => {});
    };
    tell();
    const timer = setInterval(tell, beat);
    return () => {
      clearInterval(timer);
      if (marks.claimed > 0) void release(here).catch(() => {});
      marks.claimed = 0;
    };
  }, [tenant, number]);
  const typed = useCallback(
    (reply: boolean) => {
      const now = Date.now();
      const marks = last.current;
      if (now - marks.typed > beat) void tellPresence({ tenant, number }, "typing").catch(() => {});
      marks.typed = now;
      if (!reply || now - marks.claimed < claimAgain) return;
      marks.claimed = now;
      void claim({ tenant, number }).catch(() => {});
    },
    [tenant, number],
  );
  const sent = useCallback(() => {
    const marks = last.current;
    marks.typed = 0;
    if (marks.claimed > 0) void release({ tenant, number }).catch(() => {});
    marks.claimed = 0;
  }, [tenant, number]);
  return { typed, sent };
}
