import type { ClockKind } from "@manydesk/kit/api/sla";
import { useWords } from "@manydesk/kit/words/useWords";
import words from "./words.json";

/** What a promise is called: «Реакция», «Решение». */
export function useClockName(): (kind: ClockKind) => string {
  const t = useWords(words);
  return (kind) => t(`clock.${kind}`);
}
