import { toast } from "@manydesk/kit/look/toast";
import { Button } from "@manydesk/kit/ui/Button";
import { useSentence } from "@manydesk/kit/ui/ErrorCard";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { useWords } from "@manydesk/kit/words/useWords";
import { type FormEvent, useMemo, useState } from "react";
import { useSession } from "../../parts/useSession.ts";
import css from "./Me.module.css";
import { useConfirmTotp, useStartTotp, useStopTotp } from "./mutations.ts";
import { qr } from "./qr.ts";
import words from "./words.json";

/** Turning the second factor on (secret, a code to prove it, recovery codes once) and off. */
export function SecondFactor() {
  const t = useWords(words);
  const { user } = useSession();
  const start = useStartTotp();
  const confirm = useConfirmTotp();
  const sentence = useSentence();
  return (
    <section className={css.card}>
      <h2>{t("totp")}</h2>
      {confirm.data ? (
        <Recovery
          codes={confirm.data.recovery_codes}
          onKept={() => {
            confirm.reset();
            start.reset();
          }}
        />
      ) : user.totp ? (
        <Off />
      ) : start.data ? (
        <Enrol
          secret={start.data.secret}
          url={start.data.otpauth_url}
          busy={confirm.isPending}
          error={confirm.error ? sentence(confirm.error) : undefined}
          onCode={(code) => confirm.mutate(code)}
        />
      ) : (
        <>
          <p className="muted s13">{t("totp.off")}</p>
          {start.error && <p role="alert">{sentence(start.error)}</p>}
          <div>
            <Button busy={start.isPending} onClick={() => start.mutate()}>
              {t("totp.start")}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

interface EnrolProps {
  secret: string;
  url: string;
  busy: boolean;
  error?: string;
  onCode: (code: string) => void;
}

function Enrol({ secret, url, busy, error, onCode }: EnrolProps) {
  const t = useWords(words);
  const [code, setCode] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onCode(code.replaceAll(/\s/g, ""));
  };
  return (
    <div className={css.qr}>
      <Picture of={url} />
      <form className={css.form} onSubmit={submit}>
        <p className="s13">{t("totp.scan")}</p>
        <p className={css.secret}>{secret.replaceAll(/(.{4})/g, "$1 ").trim()}</p>
        <Field label={t("totp.code")} error={error} required>
          <Input
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={7}
            value={code}
            onChange={(event) => setCode(event.target.value)}
            required
            autoFocus
          />
        </Field>
        <Button type="submit" busy={busy}>
          {t("totp.confirm")}
        </Button>
      </form>
    </div>
  );
}

function Picture({ of: text }: { of: string }) {
  const t = useWords(words);
  const modules = useMemo(() => qr(text), [text]);
  const path = modules.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
  return (
    <svg
      viewBox={`-1 -1 ${modules.length + 2} ${modules.length + 2}`}
      role="img"
      aria-label={t("totp.picture")}
      shapeRendering="crispEdges"
    >
      <path d={path} fill="currentColor" />
    </svg>
  );
}

function Recovery({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const t = useWords(words);
  return (
    <>
      <p className="s13">{t("totp.recovery.text")}</p>
      <ul className={css.codes} aria-label={t("totp.recovery")}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div>
        <Button onClick={onKept}>{t("totp.kept")}</Button>
      </div>
    </>
  );
}

function Off() {
  const t = useWords(words);
  const sentence = useSentence();
  const [password, setPassword] = useState("");
  const stop = useStopTotp();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    stop.mutate(password, { onSuccess: () => void toast({ text: t("totp.stopped") }) });
  };
  return (
    <form className={css.form} onSubmit={submit}>
      <p className="s13">{t("totp.on")}</p>
      <Field label={t("password.current")} error={stop.error ? sentence(stop.error) : undefined} required>
        <Input
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          required
        />
      </Field>
      <Button type="submit" busy={stop.isPending}>
        {t("totp.stop")}
      </Button>
    </form>
  );
}
