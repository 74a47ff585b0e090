import type { ApiKey } from "@manydesk/kit/api/agent";
import { toast } from "@manydesk/kit/look/toast";
import { Button } from "@manydesk/kit/ui/Button";
import { ChipGroup } from "@manydesk/kit/ui/Choice";
import { Confirm, Dialog } from "@manydesk/kit/ui/Dialog";
import { EmptyState } from "@manydesk/kit/ui/EmptyState";
import { useSentence } from "@manydesk/kit/ui/ErrorCard";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { Skeleton } from "@manydesk/kit/ui/Skeleton";
import { useFormats } from "@manydesk/kit/words/format";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { Copy, KeyRound, Plus } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { Refusal } from "../../parts/Refusal.tsx";
import { inOrder } from "../../parts/tenants.ts";
import { useSession } from "../../parts/useSession.ts";
import css from "./Me.module.css";
import { useAddKey, useDeleteKey } from "./mutations.ts";
import { apiKeysQuery } from "./queries.ts";
import words from "./words.json";

/** Keys that act in the person's name. The secret is shown once and never again. */
export function ApiKeys() {
  const t = useWords(words);
  const keys = useQuery(apiKeysQuery);
  const [adding, setAdding] = useState(false);
  return (
    <>
      <div className={css.title}>
        <p>{t("api.lead")}</p>
        <Button icon={Plus} onClick={() => setAdding(true)}>
          {t("api.new")}
        </Button>
      </div>
      {keys.isPending && <Skeleton />}
      {keys.isError && <Refusal error={keys.error} onRetry={() => keys.refetch()} />}
      {keys.data?.items.length === 0 && <EmptyState icon={KeyRound} title={t("api.empty")} />}
      <div>
        {keys.data?.items.map((key) => (
          <KeyRow key={key.id} of={key} />
        ))}
      </div>
      {adding && <NewKey onClose={() => setAdding(false)} />}
    </>
  );
}

function KeyRow({ of: key }: { of: ApiKey }) {
  const t = useWords(words);
  const f = useFormats();
  const sentence = useSentence();
  const remove = useDeleteKey();
  const [asking, setAsking] = useState(false);
  const facts = [
    key.tenants?.join(", "),
    key.last_used_at ? t("api.used", { at: f.recent(key.last_used_at) }) : t("api.never"),
    key.expires_at && t("api.until", { at: f.date(key.expires_at) }),
  ];
  return (
    <div className={css.row}>
      <div>
        {key.name}
        <p>{facts.filter(Boolean).join(" · ")}</p>
      </div>
      <Button onClick={() => setAsking(true)}>{t("api.delete")}</Button>
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          remove.mutate(key.id, {
            onSuccess: () => void toast({ text: t("api.deleted", { name: key.name }) }),
            onError: (error) => void toast({ text: sentence(error), kind: "bad" }),
          });
        }}
        title={t("api.sure", { name: key.name })}
        action={t("api.delete")}
        danger
      >
        <p>{t("api.sure.text")}</p>
      </Confirm>
    </div>
  );
}

function NewKey({ onClose }: { onClose: () => void }) {
  const t = useWords(words);
  const id = useId();
  const sentence = useSentence();
  const { tenants } = useSession();
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<string[]>([]);
  const [expires, setExpires] = useState("");
  const add = useAddKey();
  const made = add.data?.key;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate({
      name: name.trim(),
      scopes: null,
      tenants: chosen.length > 0 ? chosen : null,
      expires_at: expires ? new Date(`${expires}T23:59:59`).toISOString() : null,
    });
  };
  const copy = () => void navigator.clipboard?.writeText(made ?? "").then(() => toast({ text: t("api.copied") }));
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("api.new")}
      actions={
        made ? (
          <Button kind="primary" onClick={onClose}>
            {t("close")}
          </Button>
        ) : (
          <Button kind="primary" type="submit" form={id} busy={add.isPending}>
            {t("api.create")}
          </Button>
        )
      }
    >
      {made ? (
        <>
          <p role="status">{t("api.once")}</p>
          <div className={css.key}>
            {made}
            <Button size="xs" icon={Copy} onClick={copy}>
              {t("api.copy")}
            </Button>
          </div>
        </>
      ) : (
        <form id={id} onSubmit={submit} style={{ display: "grid", gap: 16 }}>
          <Field label={t("api.name")} error={add.error ? sentence(add.error) : undefined} required>
            <Input value={name} onChange={(event) => setName(event.target.value)} required autoFocus />
          </Field>
          <ChipGroup
            label={t("api.tenants")}
            value={chosen}
            onChange={setChosen}
            options={inOrder(tenants).map((tenant) => ({ value: tenant.slug, label: tenant.name }))}
          />
          <p className="muted s12">{t("api.tenants.hint")}</p>
          <Field label={t("api.expires")}>
            <Input type="date" value={expires} onChange={(event) => setExpires(event.target.value)} />
          </Field>
        </form>
      )}
    </Dialog>
  );
}
