import type { Counts, MyTenant, View } from "@manydesk/kit/api/agent";
import { IconButton } from "@manydesk/kit/ui/Button";
import { Icon } from "@manydesk/kit/ui/Icon";
import { Kbd } from "@manydesk/kit/ui/Kbd";
import { TenantTile } from "@manydesk/kit/ui/Tenant";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Bookmark, Inbox, Layers, type LucideIcon, Pause, Plus, UserRound, UsersRound, Zap } from "lucide-react";
import { savedViewsQuery, searchOf } from "../../parts/savedViews.ts";
import { inOrder } from "../../parts/tenants.ts";
import { useSession } from "../../parts/useSession.ts";
import { type QueueSearch, views } from "../../parts/views.ts";
import { Clock } from "./Clock.tsx";
import css from "./Sidebar.module.css";
import words from "./words.json";

const icons: Record<View, LucideIcon> = { urgent: Zap, mine: UserRound, unassigned: Inbox, waiting_client: Pause, all: Layers };

const exactly = { exact: true, includeSearch: true };

/** Views and tenants with their counts: where to look. */
export function Sidebar({ search, counts }: { search: QueueSearch; counts: Counts | undefined }) {
  const t = useWords(words);
  const { tenants, installation } = useSession();
  const go = useNavigate();
  const view = search.view ?? "urgent";
  const { data: kept = [] } = useQuery(savedViewsQuery);
  const saved = kept.find((one) => one.id === search.saved);
  return (
    <aside className={css.side} aria-label={t("menu")}>
      <h2>{t("views")}</h2>
      <ul>
        {views.map((one) => (
          <li key={one}>
            <Link
              to="/q"
              search={saved ? { scope: search.scope, view: one } : { ...search, view: one }}
              className={css.item}
              activeProps={{}}
              activeOptions={exactly}
              {...current(one === view && !saved)}
            >
              <Icon of={icons[one]} />
              <span className="cut">{t(`view.${one}`)}</span>
              <span className={css.count}>{counts?.views[one]}</span>
            </Link>
          </li>
        ))}
        {kept.map((one) => (
          <li key={one.id}>
            <Link
              to="/q"
              search={searchOf(one)}
              className={css.item}
              activeProps={{}}
              activeOptions={exactly}
              title={one.mine ? one.name : t("sharedBy", { name: one.name, owner: one.owner })}
              {...current(one === saved)}
            >
              <Icon of={one.shared ? UsersRound : Bookmark} />
              <span className="cut">{one.name}</span>
            </Link>
          </li>
        ))}
      </ul>
      <h2>
        {t("tenants")}
        {installation.owner && (
          <span className={css.add}>
            <IconButton size="xs" icon={Plus} label={t("newTenant")} onClick={() => go({ to: "/tenants/new" })} />
          </span>
        )}
      </h2>
      <ul>
        {inOrder(tenants).map((tenant) => (
          <li key={tenant.slug}>
            <TenantLink tenant={tenant} search={search} counts={counts} />
          </li>
        ))}
      </ul>
      <Clock />
    </aside>
  );
}

function TenantLink({ tenant, search, counts }: { tenant: MyTenant; search: QueueSearch; counts: Counts | undefined }) {
  const t = useWords(words);
  const count = counts?.tenants.find((one) => one.slug === tenant.slug) ?? tenant.counts;
  const state = tenant.state === "suspended" ? t("suspended") : tenant.state === "read_only" ? t("readOnly") : undefined;
  return (
    <Link
      to="/q"
      search={search.saved ? { scope: tenant.slug } : { ...search, scope: tenant.slug }}
      className={state ? `${css.item} ${css.off}` : css.item}
      activeProps={{}}
      activeOptions={exactly}
      {...current(search.scope === tenant.slug)}
    >
      <TenantTile tenant={tenant} />
      <span className={css.two}>
        <span className="cut">{tenant.name}</span>
        {state && <small>{state}</small>}
      </span>
      {count.at_risk > 0 && (
        <span className={css.risk} title={t("atRisk", { n: count.at_risk })}>
          {count.at_risk}
        </span>
      )}
      <span className={css.count}>{count.open}</span>
      {tenant.pin !== null && <Kbd combo={`Digit${tenant.pin}`} />}
    </Link>
  );
}

// The router would call every link to /q the current page; here only one view and one tenant are.
function current(is: boolean): { "aria-current": "page" | undefined } {
  return { "aria-current": is ? "page" : undefined };
}
