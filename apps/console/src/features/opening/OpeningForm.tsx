import type { MyTenant, Priority, Ticket } from "@manydesk/kit/api/agent";
import { newKey } from "@manydesk/kit/api/key";
import { isProblem } from "@manydesk/kit/api/problem";
import { useUploads } from "@manydesk/kit/api/useUploads";
import { useDraft } from "@manydesk/kit/drafts/useDraft";
import { useKeys } from "@manydesk/kit/keys/useKeys";
import { Button } from "@manydesk/kit/ui/Button";
import { RadioGroup } from "@manydesk/kit/ui/Choice";
import { ErrorCard } from "@manydesk/kit/ui/ErrorCard";
import { Field } from "@manydesk/kit/ui/Field";
import { FileDrop } from "@manydesk/kit/ui/FileDrop";
import { Input, Textarea } from "@manydesk/kit/ui/Input";
import { PriorityBars, usePriorityName } from "@manydesk/kit/ui/Priority";
import { Select } from "@manydesk/kit/ui/Select";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useEffect, useState } from "react";
import { answersTo, unanswered, useAsked } from "../../parts/asking.ts";
import { deskQuery } from "../../parts/deskQuery.ts";
import { TypeFields } from "../../parts/TypeFields.tsx";
import { useSession } from "../../parts/useSession.ts";
import { Client } from "./Client.tsx";
import { blank, keyOf, missing, openings } from "./draft.ts";
import { useOpen } from "./mutations.ts";
import css from "./Opening.module.css";
import words from "./words.json";

interface Props {
  tenant: MyTenant;
  subject: string | undefined;
  onFiled: (ticket: Pick<Ticket, "tenant" | "ref">) => void;
  onPark: () => void;
}

/** The form of one tenant, with its own types and fields. */
export function OpeningForm({ tenant, subject, onFiled, onPark }: Props) {
  const t = useWords(words);
  const priorityName = usePriorityName();
  const { user } = useSession();
  const { data: desk } = useQuery(deskQuery(tenant.slug));
  const draft = useDraft(openings, keyOf(tenant.slug, user.id), blank);
  const uploads = useUploads(`/v1/tenants/${tenant.slug}`);
  const [key] = useState(newKey);
  const [tried, setTried] = useState(false);
  const open = useOpen(tenant.slug, key);
  const { value, edit } = draft;
  const set = (change: Partial<typeof value>) => edit({ ...value, ...change });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a subject from the palette is taken once.
  useEffect(() => {
    if (subject && value.subject === "") edit({ ...value, subject });
  }, [subject]);
  const types = desk?.settings.types ?? [];
  const type = types.find((one) => one.key === value.type) ?? types[0];
  const { questions } = useAsked({
    tenant: tenant.slug,
    type: type?.key,
    fields: type?.fields ?? [],
    body: { priority: value.priority, channel: value.channel, contact: value.requester?.id || undefined, fields: value.fields },
  });
  const lacks = tried ? missing(value) : {};
  const silent = tried ? unanswered(questions, value.fields) : [];
  const problem = isProblem(open.error) ? open.error : undefined;
  const need = (flag: boolean | undefined): string | undefined => (flag ? t("required") : undefined);
  const file = () => {
    setTried(true);
    if (Object.keys(missing(value)).length > 0 || unanswered(questions, value.fields).length > 0) return;
    if (uploads.busy || open.isPending) return;
    open.mutate(
      { draft: { ...value, type: type?.key ?? "", fields: answersTo(questions, value.fields) }, uploads: uploads.ids },
      {
        onSuccess: (ticket) => {
          void draft.drop();
          onFiled(ticket);
        },
      },
    );
  };
  // Left when this machine has what was typed: the next page may come at once.
  const park = async () => {
    await openings.keep(keyOf(tenant.slug, user.id));
    onPark();
  };
  useKeys(t("title"), [
    { id: "opening.file", keys: "Mod+Enter", label: t("file"), run: file, inText: true },
    { id: "opening.park", keys: "Escape", label: t("park"), run: park, inText: true },
  ]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    file();
  };
  return (
    <form className={css.form} onSubmit={submit} noValidate>
      {open.error && !problem?.errors.length && <ErrorCard error={open.error} />}
      <RadioGroup
        label={t("channel")}
        look="chips"
        value={value.channel}
        onChange={(channel) => set({ channel })}
        options={[
          { value: "phone", label: t("channel.phone") },
          { value: "api", label: t("channel.api") },
        ]}
      />
      <Client
        tenant={tenant.slug}
        value={value.requester}
        onChange={(requester) => set({ requester })}
        missing={lacks}
        problem={(field) => problem?.field(field)}
      />
      <div className={css.pair}>
        <Field label={t("type")}>
          <Select
            value={type?.key ?? ""}
            onChange={(next) => set({ type: next, fields: {} })}
            options={types.map((one) => ({ value: one.key, label: one.name }))}
          />
        </Field>
        <Field label={t("priority")}>
          <Select
            value={String(value.priority)}
            onChange={(next) => set({ priority: Number(next) as Priority })}
            options={([1, 2, 3, 4] as const).map((one) => ({
              value: String(one),
              label: priorityName(one),
              mark: <PriorityBars priority={one} wordless />,
            }))}
          />
        </Field>
      </div>
      <Field label={t("subject")} required error={need(lacks.subject) ?? problem?.field("subject")}>
        <Input value={value.subject} maxLength={300} onChange={(event) => set({ subject: event.target.value })} />
      </Field>
      <Field label={t("text")} required error={need(lacks.text) ?? problem?.field("text")}>
        <Textarea rows={6} value={value.text} onChange={(event) => set({ text: event.target.value })} />
      </Field>
      <TypeFields
        questions={questions}
        values={value.fields}
        onChange={(fields) => set({ fields })}
        problem={(field) => need(silent.includes(field)) ?? problem?.field(`fields/${field}`)}
      />
      <Field label={t("files")}>
        <FileDrop uploads={uploads} />
      </Field>
      <div className={css.foot}>
        <Button kind="ghost" keys="Escape" onClick={park}>
          {t("park")}
        </Button>
        <Button kind="ghost" onClick={() => void draft.drop()}>
          {t("clear")}
        </Button>
        <Button type="submit" kind="primary" keys="Mod+Enter" busy={open.isPending}>
          {t("file")}
        </Button>
      </div>
    </form>
  );
}
