import { useWords } from "@manydesk/kit/words/useWords";
import { Link } from "wouter";
import css from "../parts/page.module.css";
import { useTitle } from "../parts/useTitle.ts";
import words from "./words.json";

/** An address that leads nowhere, or not for this person: the two are not told apart. */
export function Missing() {
  const t = useWords(words);
  useTitle(t("missing"));
  return (
    <main id="content" className={css.main}>
      <div className={`${css.narrow} ${css.stack}`}>
        <div>
          <h1 className={css.h1}>{t("missing")}</h1>
          <p className={css.lead}>{t("missingText")}</p>
        </div>
        <div>
          <Link href="/" className={css.btn}>
            {t("toHome")}
          </Link>
        </div>
      </div>
    </main>
  );
}
