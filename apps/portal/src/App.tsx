import { Mark } from "@manydesk/kit/ui/Mark";
import { useWords } from "@manydesk/kit/words/useWords";
import words from "./words.json";

export function App() {
  const t = useWords(words);
  return (
    <main>
      <Mark size={32} />
      <h1>Manydesk</h1>
      <p>{t("starting")}</p>
    </main>
  );
}
