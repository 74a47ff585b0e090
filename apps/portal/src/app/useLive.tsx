import { onSessionEnded } from "@manydesk/kit/api/client";
import { type Hint, type Live, openLive, useLiveState } from "@manydesk/kit/live/live";
import { useWords } from "@manydesk/kit/words/useWords";
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { answers, newRequests } from "../parts/drafts.ts";
import { keys, useTenant } from "../parts/portal.ts";
import css from "./App.module.css";
import words from "./words.json";

/**
 * Turns hints of the live channel into reading again what is on the screen. While the line is
 * lost a hint comes every ten seconds, so nothing stands still.
 */
export function useLive(): Live | null {
  const cache = useQueryClient();
  const { tenant } = useTenant();
  const [live, setLive] = useState<Live | null>(null);
  useEffect(() => {
    const base = `/v1/portal/${tenant}/stream`;
    const opened = openLive({ stream: base, watches: `${base}/{stream}/watches` });
    setLive(opened);
    const stopHearing = opened.on((hint) => hear(cache, hint));
    const stopEnd = onSessionEnded(() => cache.setQueryData(keys.session(), null));
    const stopDrafts = [newRequests.watchPage(), answers.watchPage()];
    return () => {
      stopHearing();
      stopEnd();
      for (const stop of stopDrafts) stop();
      opened.close();
    };
  }, [cache, tenant]);
  return live;
}

export function hear(cache: QueryClient, hint: Hint): void {
  if (hint.name === "session.ended") {
    cache.setQueryData(keys.session(), null);
    return;
  }
  if (hint.name === "settings.published" || hint.name === "access.changed") void cache.invalidateQueries({ queryKey: keys.site() });
  const number = Number(hint.data.number ?? 0);
  void cache.invalidateQueries({ queryKey: number > 0 ? keys.request(number) : ["request"] });
  void cache.invalidateQueries({ queryKey: keys.home() });
  void cache.invalidateQueries({ queryKey: keys.lists() });
}

export function ConnectionLine({ live }: { live: Live }) {
  const t = useWords(words);
  const state = useLiveState(live);
  return <div role="status">{state === "lost" && <p className={css.line}>{t("lost")}</p>}</div>;
}
