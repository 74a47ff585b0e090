import { cx } from "@manydesk/kit/look/cx";
import { useWords } from "@manydesk/kit/words/useWords";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { Refusal } from "../../parts/ErrorCard.tsx";
import page from "../../parts/page.module.css";
import { useSite } from "../../parts/portal.ts";
import { digitsOf } from "./code.ts";
import type { Way } from "./EmailField.tsx";
import css from "./SignIn.module.css";
import { useLetter, useSignIn } from "./useSignIn.ts";
import words from "./words.json";

const pause = 60;

/** Six digits from the letter. A pasted code goes by itself. */
export function CodeForm({ email, onWay }: { email: string; onWay: (way: Way) => void }) {
  const t = useWords(words);
  const { sign_in } = useSite();
  const [code, setCode] = useState("");
  const [missed, setMissed] = useState(false);
  const signIn = useSignIn();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const go = (digits: string) => {
    if (digits.length < 6) setMissed(true);
    else if (!signIn.isPending) signIn.mutate({ email: email.trim(), code: digits });
  };
  const type = (text: string) => {
    const digits = digitsOf(text);
    setCode(digits);
    if (digits.length === 6 && code.length < 6) go(digits);
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    go(code);
  };
  const wrong = missed && code.length < 6;
  return (
    <>
      <h1 className={page.h1}>{t("check")}</h1>
      <p className={css.lead}>
        {t("sentBefore")}
        <b className={page.strong}>{email}</b>
        {t("sentAfter")}
      </p>
      <form className={css.form} onSubmit={send} noValidate>
        <div className={page.f}>
          <label htmlFor="code" className={page.label}>
            {t("code")}
          </label>
          <input
            id="code"
            ref={field}
            className={cx(page.in, css.code)}
            inputMode="numeric"
            autoComplete="one-time-code"
            value={code}
            onChange={(event) => type(event.target.value)}
            onPaste={(event) => {
              event.preventDefault();
              type(event.clipboardData.getData("text"));
            }}
            aria-invalid={wrong || undefined}
            aria-describedby={wrong ? "code-error" : undefined}
          />
          {wrong && (
            <p id="code-error" className={page.bad} role="alert">
              {t("needCode")}
            </p>
          )}
        </div>
        <Refusal error={signIn.error} />
        <button type="submit" className={cx(page.btn, page.cta, page.full)} aria-busy={signIn.isPending || undefined}>
          {t("signIn")}
        </button>
      </form>
      <Again email={email} />
      <div className={css.acts}>
        <button type="button" className={page.txt} onClick={() => onWay("letter")}>
          {t("otherAddress")}
        </button>
        {sign_in.password && (
          <button type="button" className={page.txt} onClick={() => onWay("password")}>
            {t("byPassword")}
          </button>
        )}
      </div>
    </>
  );
}

/** Another letter, a minute after the last one. */
function Again({ email }: { email: string }) {
  const t = useWords(words);
  const letter = useLetter();
  const [left, setLeft] = useState(pause);
  useEffect(() => {
    if (left <= 0) return;
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [left]);
  return (
    <div className={css.after}>
      {left > 0 ? (
        <p className={page.meta}>{t("again", { n: left })}</p>
      ) : (
        <button
          type="button"
          className={page.txt}
          aria-busy={letter.isPending || undefined}
          onClick={() => letter.mutate(email.trim(), { onSuccess: () => setLeft(pause) })}
        >
          {t("sendAgain")}
        </button>
      )}
      <Refusal error={letter.error} />
      <p className="vh" role="status">
        {letter.isSuccess ? t("sentAgain") : ""}
      </p>
    </div>
  );
}
