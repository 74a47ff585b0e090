import { Button } from "@manydesk/kit/ui/Button";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import css from "./Gate.module.css";
import { Failure, Gate } from "./Gate.tsx";
import { useReset } from "./mutations.ts";
import { PasswordField, shortest } from "./PasswordField.tsx";
import { resetQuery } from "./queries.ts";
import words from "./words.json";

export function ResetPassword({ token, onDone }: { token: string; onDone: () => void }) {
  const t = useWords(words);
  const [password, setPassword] = useState("");
  const [short, setShort] = useState(false);
  const link = useQuery(resetQuery(token));
  const reset = useReset(token);
  if (link.isError) {
    return (
      <Gate title={t("expired.title")} lead={t("expired.reset")}>
        <Link to="/forgotten" className={css.link}>
          {t("expired.again")}
        </Link>
      </Gate>
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setShort(password.length < shortest);
    if (password.length >= shortest) reset.mutate({ password }, { onSuccess: onDone });
  };
  return (
    <Gate title={t("reset.title")} lead={link.data && t("reset.lead", { email: link.data.email })}>
      <form className={css.form} onSubmit={submit}>
        <Failure error={reset.error} />
        <PasswordField value={password} onChange={setPassword} error={short ? t("password.short") : undefined} fresh />
        <Button type="submit" kind="primary" size="md" wide busy={reset.isPending || link.isPending}>
          {t("reset.action")}
        </Button>
      </form>
    </Gate>
  );
}
