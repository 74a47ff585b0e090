import { tenantProps } from "@manydesk/kit/look/tenant";
import { EmptyState } from "@manydesk/kit/ui/EmptyState";
import { Icon } from "@manydesk/kit/ui/Icon";
import { Select } from "@manydesk/kit/ui/Select";
import { Skeleton } from "@manydesk/kit/ui/Skeleton";
import { TenantTile } from "@manydesk/kit/ui/Tenant";
import { useWords } from "@manydesk/kit/words/useWords";
import { Link } from "@tanstack/react-router";
import {
  Building2,
  Handshake,
  History,
  Hourglass,
  ListChecks,
  ListTree,
  Mail,
  Network,
  Palette,
  SearchX,
  ShieldCheck,
  Users,
  WandSparkles,
  Waypoints,
  Zap,
} from "lucide-react";
import { lazy, Suspense } from "react";
import { inOrder } from "../../parts/tenants.ts";
import { useMyTenant, useSession } from "../../parts/useSession.ts";
import { useTitle } from "../../parts/useTitle.ts";
import { Audit } from "./Audit.tsx";
import { Brand } from "./Brand.tsx";
import { Engagements } from "./Engagements.tsx";
import { MailProblems } from "./MailProblems.tsx";
import { Members } from "./Members.tsx";
import { Roles } from "./Roles.tsx";
import css from "./Settings.module.css";
import words from "./words.json";

const sections = [
  { key: "members", icon: Users, Screen: Members },
  { key: "team", icon: Network, Screen: lazy(async () => ({ default: (await import("./team/Team.tsx")).Team })) },
  { key: "roles", icon: ShieldCheck, Screen: Roles },
  { key: "brand", icon: Palette, Screen: Brand },
  {
    key: "companies",
    icon: Building2,
    Screen: lazy(async () => ({ default: (await import("./companies/Companies.tsx")).Companies })),
  },
  { key: "sla", icon: Hourglass, Screen: lazy(async () => ({ default: (await import("./sla/Sla.tsx")).Sla })) },
  { key: "routing", icon: Waypoints, Screen: lazy(async () => ({ default: (await import("./routing/Routing.tsx")).Routing })) },
  { key: "triggers", icon: Zap, Screen: lazy(async () => ({ default: (await import("./triggers/Triggers.tsx")).Triggers })) },
  { key: "macros", icon: WandSparkles, Screen: lazy(async () => ({ default: (await import("./macros/Macros.tsx")).Macros })) },
  { key: "processes", icon: ListTree, Screen: lazy(async () => ({ default: (await import("./processes/Processes.tsx")).Processes })) },
  { key: "types", icon: ListChecks, Screen: lazy(async () => ({ default: (await import("./types/Types.tsx")).Types })) },
  { key: "engagements", icon: Handshake, Screen: Engagements },
  { key: "audit", icon: History, Screen: Audit },
  { key: "mail", icon: Mail, Screen: MailProblems },
] as const;

/** Settings of one tenant. Whose they are stands in the address, the strip and the header. */
export function SettingsPage({ tenant: slug, section, onTenant }: { tenant: string; section: string; onTenant: (slug: string) => void }) {
  const t = useWords(words);
  const { tenants } = useSession();
  const tenant = useMyTenant(slug);
  const current = sections.find(({ key }) => key === section) ?? sections[0];
  useTitle(`${t(`section.${current.key}`)} · ${tenant?.name ?? slug}`);
  return (
    <main className={css.page} {...(tenant ? tenantProps(tenant) : {})}>
      <header className={css.head}>
        <h1>{t("settings")}</h1>
        <Select
          look="button"
          size="sm"
          aria-label={t("tenant")}
          value={slug}
          onChange={onTenant}
          options={inOrder(tenants).map((one) => ({ value: one.slug, label: one.name, hint: one.code, mark: <TenantTile tenant={one} /> }))}
        />
      </header>
      <nav className={css.nav} aria-label={t("settings")}>
        {sections.map(({ key, icon }) => (
          <Link key={key} to="/t/$tenant/settings/$section" params={{ tenant: slug, section: key }}>
            <Icon of={icon} />
            {t(`section.${key}`)}
          </Link>
        ))}
      </nav>
      <div className={css.body}>
        {tenant ? (
          <Suspense fallback={<Skeleton look="rows" lines={6} />}>
            <current.Screen key={slug} tenant={tenant} />
          </Suspense>
        ) : (
          <EmptyState icon={SearchX} title={slug} />
        )}
      </div>
    </main>
  );
}
