import { type Live, openLive, useLiveState } from "@manydesk/kit/live/live";
import { useEffect } from "react";

let opened: Live | null = null;

/** The one live channel of the signed-in console. */
export function deskLive(): Live {
  opened ??= openLive({ stream: "/v1/stream", watches: "/v1/stream/{stream}/watches" });
  return opened;
}

/** Says that a thing is on the screen, for as long as it is. */
export function useWatch(topic: string): void {
  useEffect(() => deskLive().watch(topic), [topic]);
}

export function useConnection(): ReturnType<typeof useLiveState> {
  return useLiveState(deskLive());
}
