import { ErrorCard } from "@manydesk/kit/ui/ErrorCard";
import { useWords } from "@manydesk/kit/words/useWords";
import { useTitle } from "../parts/useTitle.ts";
import words from "./words.json";

/** A page that could not be shown at all. Drafts are safe in the browser's own store. */
export function Crashed({ error }: { error: unknown }) {
  const t = useWords(words);
  useTitle(t("crashed"));
  return (
    <main style={{ padding: 24, maxWidth: 640 }}>
      <h1 className="vh">{t("crashed")}</h1>
      <ErrorCard error={error} onRetry={() => location.reload()} />
    </main>
  );
}
