import { isProblem } from "@manydesk/kit/api/problem";
import { toast } from "@manydesk/kit/look/toast";
import { Button } from "@manydesk/kit/ui/Button";
import { useSentence } from "@manydesk/kit/ui/ErrorCard";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { Skeleton } from "@manydesk/kit/ui/Skeleton";
import { useFormats } from "@manydesk/kit/words/format";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Refusal } from "../../parts/Refusal.tsx";
import { agentName } from "./agentName.ts";
import css from "./Me.module.css";
import { useChangePassword, useEndSession } from "./mutations.ts";
import { sessionsQuery } from "./queries.ts";
import { SecondFactor } from "./SecondFactor.tsx";
import words from "./words.json";

const shortest = 10;

export function Security() {
  return (
    <>
      <Password />
      <SecondFactor />
      <Sessions />
    </>
  );
}

function Password() {
  const t = useWords(words);
  const sentence = useSentence();
  const [form, setForm] = useState({ current: "", fresh: "" });
  const [short, setShort] = useState(false);
  const change = useChangePassword();
  const problem = isProblem(change.error) ? change.error : undefined;
  const wrong = change.error ? (problem?.field("current") ?? (problem?.field("new") ? undefined : sentence(change.error))) : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setShort(form.fresh.length < shortest);
    if (form.fresh.length < shortest) return;
    change.mutate(
      { current: form.current, new: form.fresh },
      {
        onSuccess: () => {
          setForm({ current: "", fresh: "" });
          toast({ text: t("password.changed") });
        },
      },
    );
  };
  return (
    <section className={css.card}>
      <h2>{t("password")}</h2>
      <form className={css.form} onSubmit={submit}>
        <Field label={t("password.current")} error={wrong} required>
          <Input
            type="password"
            autoComplete="current-password"
            value={form.current}
            onChange={(event) => setForm({ ...form, current: event.target.value })}
            required
          />
        </Field>
        <Field label={t("password.new")} hint={t("password.hint")} error={short ? t("password.short") : problem?.field("new")} required>
          <Input
            type="password"
            autoComplete="new-password"
            value={form.fresh}
            onChange={(event) => setForm({ ...form, fresh: event.target.value })}
            required
          />
        </Field>
        <Button type="submit" busy={change.isPending}>
          {t("password.change")}
        </Button>
      </form>
    </section>
  );
}

function Sessions() {
  const t = useWords(words);
  const f = useFormats();
  const sentence = useSentence();
  const sessions = useQuery(sessionsQuery);
  const end = useEndSession();
  return (
    <section className={css.card}>
      <h2>{t("sessions")}</h2>
      {sessions.isPending && <Skeleton />}
      {sessions.isError && <Refusal error={sessions.error} onRetry={() => sessions.refetch()} />}
      {sessions.data?.items.map((one) => (
        <div key={one.id} className={css.row}>
          <div>
            <span title={one.agent}>{agentName(one.agent)}</span>
            <p>
              {one.ip} · {one.current ? t("sessions.current") : t("sessions.seen", { at: f.recent(one.seen_at) })}
            </p>
          </div>
          {!one.current && (
            <Button
              onClick={() =>
                end.mutate(one.id, {
                  onSuccess: () => void toast({ text: t("sessions.ended") }),
                  onError: (error) => void toast({ text: sentence(error), kind: "bad" }),
                })
              }
            >
              {t("sessions.end")}
            </Button>
          )}
        </div>
      ))}
    </section>
  );
}
