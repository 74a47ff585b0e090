import { cx } from "@manydesk/kit/look/cx";
import { useWords } from "@manydesk/kit/words/useWords";
import { type FormEvent, useState } from "react";
import { Refusal } from "../../parts/ErrorCard.tsx";
import page from "../../parts/page.module.css";
import { useSite } from "../../parts/portal.ts";
import { looksLikeEmail } from "./code.ts";
import { EmailField, type Way } from "./EmailField.tsx";
import css from "./SignIn.module.css";
import { useSignIn } from "./useSignIn.ts";
import words from "./words.json";

export function PasswordForm({ email, onEmail, onWay }: { email: string; onEmail: (email: string) => void; onWay: (way: Way) => void }) {
  const t = useWords(words);
  const { sign_in } = useSite();
  const [password, setPassword] = useState("");
  const [shown, setShown] = useState(false);
  const [missed, setMissed] = useState(false);
  const signIn = useSignIn();
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!looksLikeEmail(email) || !password) setMissed(true);
    else if (!signIn.isPending) signIn.mutate({ email: email.trim(), password });
  };
  const empty = missed && !password;
  return (
    <>
      <h1 className={page.h1}>{t("passwordTitle")}</h1>
      {sign_in.code && <p className={css.lead}>{t("passwordHow")}</p>}
      <form className={css.form} onSubmit={send} noValidate>
        <EmailField email={email} onEmail={onEmail} missed={missed && !looksLikeEmail(email)} complete="username" />
        <div className={page.f}>
          <label htmlFor="password" className={page.label}>
            {t("password")}
          </label>
          <div className={css.eye}>
            <input
              id="password"
              className={page.in}
              type={shown ? "text" : "password"}
              autoComplete="current-password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
              aria-invalid={empty || undefined}
              aria-describedby={empty ? "password-error" : undefined}
            />
            <button type="button" className={page.txt} onClick={() => setShown(!shown)} aria-pressed={shown}>
              {shown ? t("hide") : t("show")}
            </button>
          </div>
          {empty && (
            <p id="password-error" className={page.bad} role="alert">
              {t("needPassword")}
            </p>
          )}
        </div>
        <Refusal error={signIn.error} />
        <button type="submit" className={cx(page.btn, page.cta, page.full)} aria-busy={signIn.isPending || undefined}>
          {t("signIn")}
        </button>
      </form>
      {sign_in.code && (
        <div className={css.acts}>
          <button type="button" className={page.txt} onClick={() => onWay("letter")}>
            {t("byLetter")}
          </button>
        </div>
      )}
    </>
  );
}
