import { Button } from "@manydesk/kit/ui/Button";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { useWords } from "@manydesk/kit/words/useWords";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import css from "./Gate.module.css";
import { Failure, Gate } from "./Gate.tsx";
import { useForgotten } from "./mutations.ts";
import words from "./words.json";

export function Forgotten() {
  const t = useWords(words);
  const [email, setEmail] = useState("");
  const ask = useForgotten();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask.mutate(email.trim());
  };
  return (
    <Gate title={t("forgotten.title")} lead={t("forgotten.lead")}>
      {ask.isSuccess ? (
        <p className={css.good} role="status">
          {t("forgotten.sent")}
        </p>
      ) : (
        <form className={css.form} onSubmit={submit}>
          <Failure error={ask.error} />
          <Field label={t("email")} required>
            <Input
              type="email"
              autoComplete="username"
              value={email}
              onChange={(event) => setEmail(event.target.value)}
              required
              autoFocus
            />
          </Field>
          <Button type="submit" kind="primary" size="md" wide busy={ask.isPending}>
            {t("forgotten.action")}
          </Button>
        </form>
      )}
      <Link to="/sign-in" className={css.link}>
        {t("back")}
      </Link>
    </Gate>
  );
}
