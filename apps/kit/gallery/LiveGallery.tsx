import { useEffect, useState } from "react";
import { alone, byLeader, Live, openLive, useLiveState } from "../src/live/live.ts";
import css from "./gallery.module.css";

const wire = { stream: "/v1/stream", watches: "/v1/stream/{stream}/watches" };
const query = new URLSearchParams(location.search);

/** ?part=live&way=leader|alone&watch=ticket:acme/1042 */
const live =
  query.get("way") === "leader" ? new Live(wire, byLeader) : query.get("way") === "alone" ? new Live(wire, alone) : openLive(wire);

export function LiveGallery() {
  const state = useLiveState(live);
  const [heard, setHeard] = useState<string[]>([]);
  useEffect(() => live.on((hint) => setHeard((old) => [...old, hint.name])), []);
  useEffect(() => live.watch(query.get("watch") ?? "queue"), []);
  return (
    <main className={css.page}>
      <h1>{state}</h1>
      <output>{heard.join(" ")}</output>
    </main>
  );
}
