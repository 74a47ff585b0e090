import { agent } from "@manydesk/kit/api/agent";
import { take } from "@manydesk/kit/api/client";
import { Button } from "@manydesk/kit/ui/Button";
import { Combobox } from "@manydesk/kit/ui/Combobox";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { useWords } from "@manydesk/kit/words/useWords";
import { UserPlus, UserSearch } from "lucide-react";
import { useCallback } from "react";
import { type Missing, type Requester, stranger } from "./draft.ts";
import css from "./Opening.module.css";
import words from "./words.json";

interface Props {
  tenant: string;
  value: Requester | null;
  onChange: (value: Requester | null) => void;
  missing: Missing;
  problem: (field: string) => string | undefined;
}

/** Who asks: one of this tenant's clients, or somebody new. Clients of other tenants are never shown. */
export function Client({ tenant, value, onChange, missing, problem }: Props) {
  const t = useWords(words);
  const load = useCallback(
    async (query: string, signal: AbortSignal) => {
      const { items } = await take(
        agent.GET("/v1/tenants/{tenant}/contacts", { params: { path: { tenant }, query: { q: query } }, signal }),
      );
      return items.map((contact) => ({
        value: contact.id,
        label: contact.name,
        hint: [contact.company, contact.email ?? contact.phone, t("found", { n: contact.tickets })].filter(Boolean).join(" · "),
      }));
    },
    [tenant, t],
  );
  const need = (flag: boolean | undefined): string | undefined => (flag ? t("required") : undefined);
  if (value && !value.id) {
    const set = (change: Partial<Requester>) => onChange({ ...value, ...change });
    return (
      <div className={css.client}>
        <Field label={t("name")} required error={need(missing.name) ?? problem("contact/name")}>
          <Input value={value.name} autoComplete="off" onChange={(event) => set({ name: event.target.value })} autoFocus />
        </Field>
        <div className={css.pair}>
          <Field label={t("phone")} error={missing.way ? t("way.hint") : problem("contact/phone")}>
            <Input type="tel" value={value.phone} autoComplete="off" onChange={(event) => set({ phone: event.target.value })} />
          </Field>
          <Field label={t("email")} error={problem("contact/email")}>
            <Input type="email" value={value.email} autoComplete="off" onChange={(event) => set({ email: event.target.value })} />
          </Field>
        </div>
        <Button size="xs" kind="ghost" icon={UserSearch} onClick={() => onChange(null)}>
          {t("contact.known")}
        </Button>
      </div>
    );
  }
  return (
    <div className={css.client}>
      <Field label={t("contact")} required error={need(missing.requester) ?? problem("contact")}>
        <Combobox
          value={value ? { value: value.id, label: value.label } : null}
          onChange={(chosen) => onChange(chosen && { ...stranger, id: chosen.value, label: chosen.label })}
          load={load}
          placeholder={t("contact.hint")}
        />
      </Field>
      <Button size="xs" kind="ghost" icon={UserPlus} onClick={() => onChange(stranger)}>
        {t("contact.new")}
      </Button>
    </div>
  );
}
