import { Banner } from "@manydesk/kit/ui/Banner";
import { useWords } from "@manydesk/kit/words/useWords";
import { useSyncExternalStore } from "react";
import { useConnection } from "../../parts/live.ts";
import words from "./words.json";

/** Says that the connection is gone, or that news come by asking only. Nothing while all is well. */
export function ConnectionBanner() {
  const t = useWords(words);
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  const live = useConnection();
  if (!online) {
    return (
      <Banner kind="warn" flat live="status">
        {t("offline")}
      </Banner>
    );
  }
  if (live !== "lost") return null;
  return (
    <Banner kind="info" flat live="status">
      {t("polling")}
    </Banner>
  );
}

function subscribe(listener: () => void): () => void {
  addEventListener("online", listener);
  addEventListener("offline", listener);
  return () => {
    removeEventListener("online", listener);
    removeEventListener("offline", listener);
  };
}
