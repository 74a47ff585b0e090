import type { RequestRow } from "@manydesk/kit/api/portal";
import { Icon } from "@manydesk/kit/ui/Icon";
import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { Reply } from "lucide-react";
import page from "../../parts/page.module.css";
import { quotable } from "../../parts/sentence.ts";
import { useWhen } from "../../parts/when.ts";
import words from "./words.json";

/** What is asked of the client, and what happens without an answer. */
export function Waiting({ waiting: { question, from, until } }: { waiting: NonNullable<RequestRow["waiting"]> }) {
  const t = useWords(words);
  const { full } = useWhen();
  const language = useLanguage();
  return (
    <section className={page.wait}>
      <h2 className={page.tag}>
        <Icon of={Reply} size={20} />
        {from && question ? t("asks", { from }) : t("asksBare")}
      </h2>
      {question && <blockquote>{t("question", { question: quotable(question, language) })}</blockquote>}
      {until && <p className={page.meta}>{t("comeBack", { at: full(until) })}</p>}
    </section>
  );
}
