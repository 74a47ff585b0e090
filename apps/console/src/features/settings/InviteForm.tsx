import type { Role } from "@manydesk/kit/api/agent";
import { isProblem } from "@manydesk/kit/api/problem";
import { toast } from "@manydesk/kit/look/toast";
import { Button } from "@manydesk/kit/ui/Button";
import { Dialog } from "@manydesk/kit/ui/Dialog";
import { useSentence } from "@manydesk/kit/ui/ErrorCard";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { useWords } from "@manydesk/kit/words/useWords";
import { type FormEvent, useId, useState } from "react";
import { RolePicks } from "./RolePicks.tsx";
import css from "./Settings.module.css";
import words from "./words.json";

interface Props {
  roles: readonly Role[];
  invite: {
    mutate: (body: { email: string; roles: string[] }, then: { onSuccess: () => void }) => void;
    error: unknown;
    isPending: boolean;
  };
  onClose: () => void;
}

/** An invitation by mail, with the roles it brings. */
export function InviteForm({ roles, invite, onClose }: Props) {
  const t = useWords(words);
  const id = useId();
  const sentence = useSentence();
  const [email, setEmail] = useState("");
  const [picked, setChosen] = useState<string[]>();
  // The roles may come after the dialog: until somebody picks, it is the agent's.
  const chosen = picked ?? roles.filter((role) => role.key === "agent").map((role) => role.key);
  const [tried, setTried] = useState(false);
  const none = roles.length > 0 && chosen.length === 0;
  const wrong = invite.error ? ((isProblem(invite.error) ? invite.error.field("email") : undefined) ?? sentence(invite.error)) : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (none) return;
    invite.mutate(
      { email: email.trim(), roles: chosen },
      {
        onSuccess: () => {
          toast({ text: t("invite.sent", { email: email.trim() }) });
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("invite.title")}
      actions={
        <Button kind="primary" type="submit" form={id} busy={invite.isPending}>
          {t("invite.send")}
        </Button>
      }
    >
      <form id={id} className={css.form} onSubmit={submit}>
        <Field label={t("invite.email")} hint={t("invite.hint")} error={wrong} required>
          <Input type="email" value={email} onChange={(event) => setEmail(event.target.value)} required autoFocus />
        </Field>
        {roles.length > 0 && <RolePicks roles={roles} value={chosen} onChange={setChosen} />}
        {tried && none && <p role="alert">{t("invite.roleNeeded")}</p>}
      </form>
    </Dialog>
  );
}
