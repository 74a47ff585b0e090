import { isProblem } from "@manydesk/kit/api/problem";
import { Button } from "@manydesk/kit/ui/Button";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { language } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { type FormEvent, useState } from "react";
import { codeOf, slugOf } from "../../parts/slug.ts";
import { ZoneInput } from "../../parts/ZoneInput.tsx";
import css from "./Gate.module.css";
import { Failure, Gate } from "./Gate.tsx";
import { useSetup } from "./mutations.ts";
import { PasswordField, shortest } from "./PasswordField.tsx";
import words from "./words.json";

/** The first visit of an empty installation: its owner and the first customer, on one page. */
export function Setup({ onDone }: { onDone: () => void }) {
  const t = useWords(words);
  const [owner, setOwner] = useState({ name: "", email: "", password: "" });
  const [tenant, setTenant] = useState({ name: "", slug: "", code: "", zone: Intl.DateTimeFormat().resolvedOptions().timeZone });
  const [short, setShort] = useState(false);
  const setup = useSetup();
  const problem = isProblem(setup.error) ? setup.error : undefined;
  const slug = tenant.slug || slugOf(tenant.name);
  const code = tenant.code || codeOf(tenant.name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const tooShort = owner.password.length < shortest;
    setShort(tooShort);
    if (tooShort) return;
    const body = {
      owner: { ...owner, language: language() },
      tenant: { name: tenant.name, slug, code: code || undefined, time_zone: tenant.zone, languages: ["ru" as const, "en" as const] },
    };
    setup.mutate(body, { onSuccess: onDone });
  };
  return (
    <Gate title={t("setup.title")} lead={t("setup.lead")} wide>
      <form className={css.form} onSubmit={submit}>
        <Failure error={problem?.errors.length ? undefined : setup.error} />
        <h2>{t("setup.owner")}</h2>
        <div className={css.pair}>
          <Field label={t("name")} error={problem?.field("owner/name")} required>
            <Input
              value={owner.name}
              autoComplete="name"
              onChange={(e) => setOwner({ ...owner, name: e.target.value })}
              required
              autoFocus
            />
          </Field>
          <Field label={t("email")} error={problem?.field("owner/email")} required>
            <Input
              type="email"
              value={owner.email}
              autoComplete="username"
              onChange={(e) => setOwner({ ...owner, email: e.target.value })}
              required
            />
          </Field>
        </div>
        <PasswordField
          value={owner.password}
          onChange={(password) => setOwner({ ...owner, password })}
          error={short ? t("password.short") : problem?.field("owner/password")}
          fresh
        />
        <h2>{t("setup.tenant")}</h2>
        <Field label={t("setup.tenant.name")} error={problem?.field("tenant/name")} required>
          <Input
            value={tenant.name}
            autoComplete="organization"
            onChange={(e) => setTenant({ ...tenant, name: e.target.value })}
            required
          />
        </Field>
        <div className={css.pair}>
          <Field label={t("setup.tenant.slug")} hint={t("setup.tenant.slug.hint")} error={problem?.field("tenant/slug")} required>
            <Input value={slug} pattern="[0-9a-z\-]{1,40}" onChange={(e) => setTenant({ ...tenant, slug: e.target.value })} required />
          </Field>
          <Field
            label={t("setup.tenant.code")}
            hint={t("setup.tenant.code.hint", { code: code || "ABC" })}
            error={problem?.field("tenant/code")}
          >
            <Input value={code} maxLength={8} onChange={(e) => setTenant({ ...tenant, code: e.target.value.toUpperCase() })} />
          </Field>
        </div>
        <Field label={t("setup.tenant.zone")} error={problem?.field("tenant/time_zone")} required>
          <ZoneInput value={tenant.zone} onChange={(zone) => setTenant({ ...tenant, zone })} />
        </Field>
        <Button type="submit" kind="primary" size="md" wide busy={setup.isPending}>
          {t("setup.action")}
        </Button>
      </form>
    </Gate>
  );
}
