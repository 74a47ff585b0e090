import { isProblem } from "@manydesk/kit/api/problem";
import { Button } from "@manydesk/kit/ui/Button";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { useWords } from "@manydesk/kit/words/useWords";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import css from "./Gate.module.css";
import { Failure, Gate } from "./Gate.tsx";
import { useSecondFactor, useSignIn } from "./mutations.ts";
import { PasswordField } from "./PasswordField.tsx";
import words from "./words.json";

/** Mail and password, and the code of those who use one. `onDone` comes with the session already kept. */
export function SignIn({ onDone }: { onDone: () => void }) {
  const t = useWords(words);
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const signIn = useSignIn();
  const { error } = signIn;
  const challenge = isProblem(error, "second_factor_required") ? String(error.extra.challenge) : null;
  if (challenge) return <SecondFactor challenge={challenge} onDone={onDone} onBack={() => signIn.reset()} />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({ email: email.trim(), password }, { onSuccess: onDone });
  };
  return (
    <Gate title={t("signIn.title")}>
      <form className={css.form} onSubmit={submit}>
        <Failure error={error} />
        <Field label={t("email")} required>
          <Input
            type="email"
            name="email"
            autoComplete="username"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
            required
            autoFocus
          />
        </Field>
        <PasswordField
          value={password}
          onChange={setPassword}
          aside={
            <Link to="/forgotten" className={css.link}>
              {t("signIn.forgotten")}
            </Link>
          }
        />
        <Button type="submit" kind="primary" size="md" wide busy={signIn.isPending}>
          {t("signIn.action")}
        </Button>
      </form>
    </Gate>
  );
}

function SecondFactor({ challenge, onDone, onBack }: { challenge: string; onDone: () => void; onBack: () => void }) {
  const t = useWords(words);
  const [code, setCode] = useState("");
  const confirm = useSecondFactor();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    confirm.mutate({ challenge, code: code.replaceAll(/[\s-]/g, "") }, { onSuccess: onDone });
  };
  return (
    <Gate title={t("code.title")} lead={t("code.lead")}>
      <form className={css.form} onSubmit={submit}>
        <Failure error={confirm.error} />
        <Field label={t("code.label")} required>
          <Input
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            value={code}
            onChange={(event) => setCode(event.target.value)}
            required
            autoFocus
          />
        </Field>
        <Button type="submit" kind="primary" size="md" wide busy={confirm.isPending}>
          {t("code.action")}
        </Button>
        <Button kind="ghost" onClick={onBack}>
          {t("back")}
        </Button>
      </form>
    </Gate>
  );
}
