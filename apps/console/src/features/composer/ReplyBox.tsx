import type { MyTenant, Ticket } from "@manydesk/kit/api/agent";
import { Skeleton } from "@manydesk/kit/ui/Skeleton";
import { useEffect, useState } from "react";
import { keyOf, restore, useReturned, writings } from "../../parts/drafts.ts";
import { useSession } from "../../parts/useSession.ts";
import { Writing } from "./Writing.tsx";

export interface ReplyBoxProps {
  ticket: Ticket;
  tenant: MyTenant;
  mode: "reply" | "note";
  onMode: (mode: "reply" | "note") => void;
  focus: number;
  seen: number;
  onShow: () => void;
  onNext: () => void;
}

/** Where answers are written. It waits for the drafts of this machine, so that no text blinks in late. */
export function ReplyBox(props: ReplyBoxProps) {
  const { tenant, number } = props.ticket;
  const { user } = useSession();
  const returned = useReturned(tenant, number);
  const [ready, setReady] = useState(false);
  useEffect(() => {
    const both = [keyOf(tenant, number, "reply", user.id), keyOf(tenant, number, "note", user.id)];
    let here = true;
    void Promise.all(both.map((key) => writings.load(key))).finally(() => here && setReady(true));
    for (const key of both) void restore(key);
    return () => {
      here = false;
      writings.flush();
    };
  }, [tenant, number, user.id]);
  useEffect(() => writings.watchPage(), []);
  const modes = (["reply", "note"] as const).filter((one) => props.ticket.abilities.includes(one));
  if (modes.length === 0 || props.ticket.status.category === "closed") return null;
  if (!ready) return <Skeleton lines={3} />;
  return <Writing key={returned} {...props} modes={modes} />;
}
