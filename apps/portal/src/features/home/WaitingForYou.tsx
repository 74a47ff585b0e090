import type { RequestRow } from "@manydesk/kit/api/portal";
import { cx } from "@manydesk/kit/look/cx";
import { Icon } from "@manydesk/kit/ui/Icon";
import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { Reply } from "lucide-react";
import { Link } from "wouter";
import page from "../../parts/page.module.css";
import { requestPath } from "../../parts/place.ts";
import { quotable } from "../../parts/sentence.ts";
import { useWhen } from "../../parts/when.ts";
import css from "./Home.module.css";
import words from "./words.json";

/** A question to the client, quoted, until when, and one tap to answer. */
export function WaitingForYou({ row }: { row: RequestRow }) {
  const t = useWords(words);
  const { full } = useWhen();
  const language = useLanguage();
  const { from, until } = row.waiting ?? { from: "", until: null };
  const question = quotable(row.waiting?.question ?? "", language);
  return (
    <section className={cx(page.wait, css.wait)} aria-label={`${t("waiting")}, ${row.ref}`}>
      <p className={page.tag}>
        <Icon of={Reply} size={20} />
        {t("waiting")}
        <span className={cx("num", css.ref)}>{row.ref}</span>
      </p>
      <h2 className={page.name}>{row.subject}</h2>
      {question && <blockquote>{from ? t("asks", { from, question }) : t("asksBare", { question })}</blockquote>}
      <div className={css.answer}>
        <Link href={`${requestPath(row.ref)}#answer`} className={cx(page.btn, page.small)}>
          {t("answer")}
        </Link>
        {until && <p className={page.meta}>{t("until", { at: full(until) })}</p>}
      </div>
    </section>
  );
}
