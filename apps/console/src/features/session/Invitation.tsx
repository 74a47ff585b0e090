import { Button } from "@manydesk/kit/ui/Button";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { language } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import css from "./Gate.module.css";
import { Failure, Gate } from "./Gate.tsx";
import { useAcceptance } from "./mutations.ts";
import { PasswordField, shortest } from "./PasswordField.tsx";
import { invitationQuery } from "./queries.ts";
import words from "./words.json";

export function Invitation({ token, onDone }: { token: string; onDone: () => void }) {
  const t = useWords(words);
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [short, setShort] = useState(false);
  const invitation = useQuery(invitationQuery(token));
  const accept = useAcceptance(token);
  if (invitation.isError) {
    return (
      <Gate title={t("expired.title")} lead={t("expired.invitation")}>
        <Link to="/sign-in" className={css.link}>
          {t("back")}
        </Link>
      </Gate>
    );
  }
  const { email = "", tenant, provider, roles = [], known = false } = invitation.data ?? {};
  const lead = tenant
    ? t("invitation.tenant", { name: tenant.name })
    : provider
      ? t("invitation.provider", { name: provider.name })
      : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const tooShort = !known && password.length < shortest;
    setShort(tooShort);
    if (!tooShort) accept.mutate({ name, password, language: language() }, { onSuccess: onDone });
  };
  return (
    <Gate title={t("invitation.title")} lead={lead}>
      <form className={css.form} onSubmit={submit}>
        {roles.length > 0 && <p className="muted s13">{t("invitation.roles", { roles: roles.join(", ") })}</p>}
        <Failure error={accept.error} />
        {known ? (
          <p>{t("invitation.known", { email })}</p>
        ) : (
          <>
            <Field label={t("email")}>
              <Input type="email" value={email} autoComplete="username" readOnly />
            </Field>
            <Field label={t("name")} required>
              <Input value={name} autoComplete="name" onChange={(event) => setName(event.target.value)} required autoFocus />
            </Field>
          </>
        )}
        <PasswordField value={password} onChange={setPassword} fresh={!known} error={short ? t("password.short") : undefined} />
        <Button type="submit" kind="primary" size="md" wide busy={accept.isPending || invitation.isPending}>
          {t("invitation.action")}
        </Button>
      </form>
    </Gate>
  );
}
