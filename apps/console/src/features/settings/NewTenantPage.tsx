import type { Tenant } from "@manydesk/kit/api/agent";
import { isProblem } from "@manydesk/kit/api/problem";
import { Button } from "@manydesk/kit/ui/Button";
import { ErrorCard } from "@manydesk/kit/ui/ErrorCard";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { useWords } from "@manydesk/kit/words/useWords";
import { type FormEvent, useState } from "react";
import { codeOf, slugOf } from "../../parts/slug.ts";
import { useTitle } from "../../parts/useTitle.ts";
import { ZoneInput } from "../../parts/ZoneInput.tsx";
import { useNewTenant } from "./mutations.ts";
import { Section } from "./Section.tsx";
import css from "./Settings.module.css";
import words from "./words.json";

export function NewTenantPage({ onCreated }: { onCreated: (tenant: Tenant) => void }) {
  const t = useWords(words);
  const [form, setForm] = useState({ name: "", slug: "", code: "", zone: Intl.DateTimeFormat().resolvedOptions().timeZone });
  const create = useNewTenant();
  const problem = isProblem(create.error) ? create.error : undefined;
  const slug = form.slug || slugOf(form.name);
  const code = form.code || codeOf(form.name);
  useTitle(t("newTenant.title"));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(
      { name: form.name, slug, code: code || undefined, time_zone: form.zone, languages: ["ru", "en"] },
      { onSuccess: onCreated },
    );
  };
  return (
    <main className={css.body}>
      <header className={css.head} style={{ minHeight: "var(--header)" }}>
        <h1>{t("newTenant.title")}</h1>
      </header>
      <Section title={t("newTenant.title")} lead={t("newTenant.lead")}>
        <form className={css.form} style={{ maxWidth: 640 }} onSubmit={submit}>
          {create.error && !problem?.errors.length && <ErrorCard error={create.error} />}
          <Field label={t("brand.name")} error={problem?.field("name")} required>
            <Input value={form.name} onChange={(event) => setForm({ ...form, name: event.target.value })} required autoFocus />
          </Field>
          <div className={css.pair}>
            <Field label={t("newTenant.slug")} error={problem?.field("slug")} required>
              <Input
                value={slug}
                pattern="[0-9a-z\-]{1,40}"
                onChange={(event) => setForm({ ...form, slug: event.target.value })}
                required
              />
            </Field>
            <Field label={t("newTenant.code")} error={problem?.field("code")}>
              <Input value={code} maxLength={8} onChange={(event) => setForm({ ...form, code: event.target.value.toUpperCase() })} />
            </Field>
          </div>
          <Field label={t("newTenant.zone")} error={problem?.field("time_zone")} required>
            <ZoneInput value={form.zone} onChange={(zone) => setForm({ ...form, zone })} />
          </Field>
          <Button type="submit" kind="primary" size="md" busy={create.isPending}>
            {t("newTenant.create")}
          </Button>
        </form>
      </Section>
    </main>
  );
}
