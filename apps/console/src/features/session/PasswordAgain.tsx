import { onReauthenticate } from "@manydesk/kit/api/client";
import { isProblem } from "@manydesk/kit/api/problem";
import { Button } from "@manydesk/kit/ui/Button";
import { Dialog } from "@manydesk/kit/ui/Dialog";
import { useSentence } from "@manydesk/kit/ui/ErrorCard";
import { useWords } from "@manydesk/kit/words/useWords";
import { type FormEvent, useEffect, useId, useState } from "react";
import { useReauthenticate } from "./mutations.ts";
import { PasswordField } from "./PasswordField.tsx";
import words from "./words.json";

type Answer = (given: boolean) => void;

/** Asks for the password when a dangerous act wants it once more, and lets the act go on. */
export function PasswordAgain() {
  const [answer, setAnswer] = useState<Answer | null>(null);
  useEffect(() => onReauthenticate(() => new Promise<boolean>((resolve) => setAnswer(() => resolve))), []);
  if (!answer) return null;
  return (
    <Ask
      onAnswer={(given) => {
        setAnswer(null);
        answer(given);
      }}
    />
  );
}

function Ask({ onAnswer }: { onAnswer: Answer }) {
  const t = useWords(words);
  const id = useId();
  const sentence = useSentence();
  const [password, setPassword] = useState("");
  const prove = useReauthenticate();
  const { error } = prove;
  const wrong = error ? (isProblem(error, "sign_in_failed") ? t("again.wrong") : sentence(error)) : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    prove.mutate(password, { onSuccess: () => onAnswer(true) });
  };
  return (
    <Dialog
      open
      onClose={() => onAnswer(false)}
      title={t("again.title")}
      actions={
        <Button kind="primary" type="submit" form={id} busy={prove.isPending}>
          {t("again.action")}
        </Button>
      }
    >
      <form id={id} onSubmit={submit} style={{ display: "grid", gap: 16 }}>
        <p>{t("again.lead")}</p>
        <PasswordField value={password} onChange={setPassword} error={wrong} />
      </form>
    </Dialog>
  );
}
