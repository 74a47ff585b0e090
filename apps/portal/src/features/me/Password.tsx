import { take } from "@manydesk/kit/api/client";
import { portal } from "@manydesk/kit/api/portal";
import { cx } from "@manydesk/kit/look/cx";
import { toast } from "@manydesk/kit/look/toast";
import { useWords } from "@manydesk/kit/words/useWords";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { Refusal } from "../../parts/ErrorCard.tsx";
import page from "../../parts/page.module.css";
import { keys, type Session, useMe, useSite, useTenant } from "../../parts/portal.ts";
import words from "./words.json";

const shortest = 10;

/** A password is an extra: whoever has none signs in by letter. */
export function Password() {
  const t = useWords(words);
  const { sign_in } = useSite();
  const { has_password: has } = useMe();
  const path = useTenant();
  const cache = useQueryClient();
  const [current, setCurrent] = useState("");
  const [fresh, setFresh] = useState("");
  const [missed, setMissed] = useState(false);
  const save = useMutation({
    mutationFn: () =>
      take(portal.PUT("/v1/portal/{tenant}/me/password", { params: { path }, body: has ? { current, new: fresh } : { new: fresh } })),
    onSuccess: () => {
      cache.setQueryData<Session>(keys.session(), (old) => old && { ...old, contact: { ...old.contact, has_password: true } });
      setCurrent("");
      setFresh("");
      setMissed(false);
      toast({ text: t("passwordSaved"), key: "me" });
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    if ([...fresh].length < shortest) setMissed(true);
    else if (!save.isPending) save.mutate();
  };
  if (!sign_in.password) return null;
  return (
    <form className={cx(page.card, page.pad, page.stack)} onSubmit={send} noValidate>
      <div>
        <h2 className={page.h2}>{has ? t("passwordSet") : t("passwordNew")}</h2>
        <p className={page.lead}>{t("passwordHow")}</p>
      </div>
      {has && <Secret label={t("current")} complete="current-password" value={current} onChange={setCurrent} />}
      <Secret
        label={t("fresh")}
        hint={t("freshHint")}
        complete="new-password"
        value={fresh}
        onChange={setFresh}
        error={missed && [...fresh].length < shortest ? t("needLonger") : undefined}
      />
      <Refusal error={save.error} />
      <div>
        <button type="submit" className={page.btn} aria-busy={save.isPending || undefined}>
          {t("save")}
        </button>
      </div>
    </form>
  );
}

function Secret({
  label,
  hint,
  complete,
  value,
  onChange,
  error,
}: {
  label: string;
  hint?: string;
  complete: string;
  value: string;
  onChange: (value: string) => void;
  error?: string;
}) {
  const id = useId();
  return (
    <div className={page.f}>
      <label className={page.label} htmlFor={id}>
        {label}
      </label>
      {hint && (
        <p id={`${id}h`} className={page.hint}>
          {hint}
        </p>
      )}
      <input
        id={id}
        className={page.in}
        type="password"
        autoComplete={complete}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={error ? true : undefined}
        aria-describedby={[hint && `${id}h`, error && `${id}e`].filter(Boolean).join(" ") || undefined}
      />
      {error && (
        <p id={`${id}e`} className={page.bad} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
