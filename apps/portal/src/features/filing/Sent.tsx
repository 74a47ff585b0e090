import { cx } from "@manydesk/kit/look/cx";
import { Icon } from "@manydesk/kit/ui/Icon";
import { useWords } from "@manydesk/kit/words/useWords";
import { Check } from "lucide-react";
import { useEffect, useRef } from "react";
import { Link } from "wouter";
import page from "../../parts/page.module.css";
import { requestPath } from "../../parts/place.ts";
import css from "./Filing.module.css";
import words from "./words.json";

export interface SentRequest {
  ref: string;
  what_next: string[];
}

export function Sent({ sent }: { sent: SentRequest }) {
  const t = useWords(words);
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    window.scrollTo(0, 0);
    head.current?.focus();
  }, []);
  return (
    <main id="content" className={page.main}>
      <div className={css.sent}>
        <span className={css.done}>
          <Icon of={Check} size={24} />
        </span>
        <div>
          <h1 className={page.h1} ref={head} tabIndex={-1}>
            {t("sent")}
          </h1>
          <p className={page.lead}>
            {t("numberBefore")}
            <b className={cx("num", page.strong)}>{sent.ref}</b>
            {t("numberAfter")}
          </p>
        </div>
        {sent.what_next.length > 0 && (
          <section>
            <h2 className={cx(page.h2, css.nextHead)}>{t("next")}</h2>
            <ol className={css.next}>
              {sent.what_next.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ol>
          </section>
        )}
        <div className={css.ways}>
          <Link href={requestPath(sent.ref)} className={cx(page.btn, page.cta, page.full)}>
            {t("open")}
          </Link>
          <Link href="/" className={cx(page.btn, page.quiet, page.full)}>
            {t("home")}
          </Link>
        </div>
      </div>
    </main>
  );
}
