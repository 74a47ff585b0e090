import { isProblem } from "@manydesk/kit/api/problem";
import { cx } from "@manydesk/kit/look/cx";
import { useWords } from "@manydesk/kit/words/useWords";
import { Link, useLocation, useSearch } from "wouter";
import { Refusal } from "../../parts/ErrorCard.tsx";
import page from "../../parts/page.module.css";
import { innerPath } from "../../parts/place.ts";
import { useSite } from "../../parts/portal.ts";
import { useTitle } from "../../parts/useTitle.ts";
import { Entrance } from "./Entrance.tsx";
import css from "./SignIn.module.css";
import { useSignIn } from "./useSignIn.ts";
import words from "./words.json";

/**
 * Where the letter's link leads. Opening it signs nobody in, or a scanner of mail would use the
 * link up; the button does.
 */
export default function SignInByLink({ token }: { token: string }) {
  const t = useWords(words);
  const { tenant } = useSite();
  const to = innerPath(new URLSearchParams(useSearch()).get("to"));
  const [, go] = useLocation();
  const signIn = useSignIn();
  const old = isProblem(signIn.error) && signIn.error.status >= 400 && signIn.error.status < 500 && signIn.error.status !== 429;
  useTitle(t("title"));
  return (
    <Entrance>
      <h1 className={page.h1}>{old ? t("linkOld") : t("linkTitle")}</h1>
      <p className={css.lead}>{old ? t("linkOldHow") : t("linkHow", { name: tenant.name })}</p>
      <div className={css.form}>
        {!old && <Refusal error={signIn.error} />}
        {old ? (
          <Link href="/sign-in" className={cx(page.btn, page.cta, page.full)}>
            {t("newLetter")}
          </Link>
        ) : (
          <button
            type="button"
            className={cx(page.btn, page.cta, page.full)}
            aria-busy={signIn.isPending || undefined}
            onClick={() => signIn.isPending || signIn.mutate({ token }, { onSuccess: () => go(to, { replace: true }) })}
          >
            {t("signIn")}
          </button>
        )}
      </div>
    </Entrance>
  );
}
