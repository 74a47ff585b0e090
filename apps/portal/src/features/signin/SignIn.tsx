import { cx } from "@manydesk/kit/look/cx";
import { Icon } from "@manydesk/kit/ui/Icon";
import { useWords } from "@manydesk/kit/words/useWords";
import { Lock } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Refusal } from "../../parts/ErrorCard.tsx";
import page from "../../parts/page.module.css";
import { useSite } from "../../parts/portal.ts";
import { useTitle } from "../../parts/useTitle.ts";
import { CodeForm } from "./CodeForm.tsx";
import { looksLikeEmail } from "./code.ts";
import { EmailField, type Way } from "./EmailField.tsx";
import { Entrance } from "./Entrance.tsx";
import { PasswordForm } from "./PasswordForm.tsx";
import css from "./SignIn.module.css";
import { useLetter } from "./useSignIn.ts";
import words from "./words.json";

/** One field and one button; a letter with a code, or a password. */
export default function SignIn() {
  const t = useWords(words);
  const { sign_in, tenant } = useSite();
  const [way, setWay] = useState<Way>(sign_in.code ? "letter" : "password");
  const [email, setEmail] = useState("");
  useTitle(t("title"));
  if (tenant.state === "suspended") {
    return (
      <Entrance>
        <h1 className={page.h1}>{t("suspended")}</h1>
        <p className={css.lead}>{t("suspendedHow")}</p>
      </Entrance>
    );
  }
  return (
    <Entrance>
      {way === "letter" && <LetterForm email={email} onEmail={setEmail} onWay={setWay} />}
      {way === "code" && <CodeForm email={email} onWay={setWay} />}
      {way === "password" && <PasswordForm email={email} onEmail={setEmail} onWay={setWay} />}
    </Entrance>
  );
}

function LetterForm({ email, onEmail, onWay }: { email: string; onEmail: (email: string) => void; onWay: (way: Way) => void }) {
  const t = useWords(words);
  const { sign_in } = useSite();
  const letter = useLetter();
  const [missed, setMissed] = useState(false);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!looksLikeEmail(email)) setMissed(true);
    else if (!letter.isPending) letter.mutate(email.trim(), { onSuccess: () => onWay("code") });
  };
  return (
    <>
      <h1 className={page.h1}>{t("title")}</h1>
      <p className={css.lead}>{t("how")}</p>
      <form className={css.form} onSubmit={send} noValidate>
        <EmailField email={email} onEmail={onEmail} missed={missed && !looksLikeEmail(email)} complete="email" />
        <Refusal error={letter.error} />
        <button type="submit" className={cx(page.btn, page.cta, page.full)} aria-busy={letter.isPending || undefined}>
          {t("getLetter")}
        </button>
      </form>
      {sign_in.password && (
        <>
          <p className={css.or}>{t("or")}</p>
          <button type="button" className={cx(page.btn, page.full, css.alt)} onClick={() => onWay("password")}>
            <Icon of={Lock} size={20} />
            {t("byPassword")}
          </button>
        </>
      )}
    </>
  );
}
