import { isProblem } from "@manydesk/kit/api/problem";
import { Banner } from "@manydesk/kit/ui/Banner";
import { Button } from "@manydesk/kit/ui/Button";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { useWords } from "@manydesk/kit/words/useWords";
import { type ReactNode, useState } from "react";
import { Refusal } from "../../../parts/Refusal.tsx";
import { FormDialog } from "../FormDialog.tsx";
import words from "./words.json";

interface Props {
  title: string;
  /** What publishing means, and what was found out about it. */
  children: ReactNode;
  publish: {
    mutate: (reason: string | undefined, told: { onSuccess: () => void }) => void;
    reset: () => void;
    error: unknown;
    isPending: boolean;
  };
  /** Asked before it is sent: false keeps the dialog open. */
  ready?: () => boolean;
  /** After someone else's change: reads the draft as it is now. */
  onLook: () => Promise<void>;
  onPublished: () => void;
  onClose: () => void;
}

/** Before a draft goes live: what it means, and a word on why. Someone else's change in between is looked at first. */
export function PublishDraft({ title, children, publish, ready, onLook, onPublished, onClose }: Props) {
  const t = useWords(words);
  const [reason, setReason] = useState("");
  const { error, isPending } = publish;
  const submit = () => {
    if (ready && !ready()) return;
    publish.mutate(reason.trim() || undefined, { onSuccess: onPublished });
  };
  const look = async () => {
    await onLook();
    publish.reset();
  };
  return (
    <FormDialog
      title={title}
      action={t("publish")}
      busy={isPending}
      more={<Button onClick={onClose}>{t("publish.cancel")}</Button>}
      onSubmit={submit}
      onClose={onClose}
    >
      {children}
      <Field label={t("publish.reason")}>
        <Input value={reason} maxLength={1000} onChange={(event) => setReason(event.target.value)} />
      </Field>
      {isProblem(error, "changed_meanwhile") ? (
        <Banner
          kind="warn"
          live="alert"
          actions={
            <Button size="xs" onClick={() => void look()}>
              {t("publish.look")}
            </Button>
          }
        >
          {t("publish.meanwhile")}
        </Banner>
      ) : error ? (
        <Refusal error={error} onRetry={submit} busy={isPending} />
      ) : null}
    </FormDialog>
  );
}
