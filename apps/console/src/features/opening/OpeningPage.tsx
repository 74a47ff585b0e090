import type { MyTenant, Ticket } from "@manydesk/kit/api/agent";
import { tenantProps } from "@manydesk/kit/look/tenant";
import { EmptyState } from "@manydesk/kit/ui/EmptyState";
import { Select } from "@manydesk/kit/ui/Select";
import { TenantTile } from "@manydesk/kit/ui/Tenant";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { Building2, Lock } from "lucide-react";
import { deskQuery } from "../../parts/deskQuery.ts";
import { inOrder } from "../../parts/tenants.ts";
import { useMyTenant, useSession } from "../../parts/useSession.ts";
import { useTitle } from "../../parts/useTitle.ts";
import css from "./Opening.module.css";
import { OpeningForm } from "./OpeningForm.tsx";
import words from "./words.json";

interface Props {
  tenant: string | undefined;
  subject: string | undefined;
  onTenant: (slug: string) => void;
  onFiled: (ticket: Pick<Ticket, "tenant" | "ref">) => void;
  onPark: () => void;
}

/** A new ticket by hand: first whose it is, then the tenant's own form. */
export function OpeningPage({ tenant: slug, subject, onTenant, onFiled, onPark }: Props) {
  const t = useWords(words);
  const { tenants } = useSession();
  const mine = inOrder(tenants).filter((one) => one.abilities.includes("ticket.open"));
  const asked = useMyTenant(slug);
  const tenant = mine.find((one) => one.slug === asked?.slug) ?? (mine.length === 1 ? mine[0] : undefined);
  useTitle(t("title"));
  return (
    <main className={css.page} {...(tenant ? tenantProps(tenant) : {})}>
      <header className={css.head}>
        <h1>{t("title")}</h1>
        <Select
          look="button"
          size="sm"
          aria-label={t("tenant")}
          placeholder={t("tenant.pick")}
          value={tenant?.slug ?? ""}
          onChange={onTenant}
          options={mine.map((one) => ({ value: one.slug, label: one.name, hint: one.code, mark: <TenantTile tenant={one} /> }))}
        />
      </header>
      {mine.length === 0 ? (
        <EmptyState icon={Lock} title={t("denied")}>
          {t("denied.text")}
        </EmptyState>
      ) : !tenant ? (
        <EmptyState icon={Building2} title={t("tenant.pick")}>
          {t("lead")}
        </EmptyState>
      ) : (
        <div className={css.columns}>
          <OpeningForm key={tenant.slug} tenant={tenant} subject={subject} onFiled={onFiled} onPark={onPark} />
          <Brief tenant={tenant} />
        </div>
      )}
    </main>
  );
}

function Brief({ tenant }: { tenant: MyTenant }) {
  const t = useWords(words);
  const { data } = useQuery(deskQuery(tenant.slug));
  const brief = data?.brief;
  if (!brief) return <div />;
  return (
    <aside className={css.say}>
      <h2>{t("brief")}</h2>
      <p>{brief.greeting}</p>
      <p>{brief.tone}</p>
      <ul>
        {brief.do.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {brief.dont.length > 0 && <h2>{t("brief.never")}</h2>}
      <ul>
        {brief.dont.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </aside>
  );
}
