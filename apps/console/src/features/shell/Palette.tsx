import { agent } from "@manydesk/kit/api/agent";
import { take } from "@manydesk/kit/api/client";
import { CommandPalette, type PaletteCommand } from "@manydesk/kit/ui/CommandPalette";
import { TenantBadge, TenantTile } from "@manydesk/kit/ui/Tenant";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { savedViewsQuery, searchOf } from "../../parts/savedViews.ts";
import { inOrder } from "../../parts/tenants.ts";
import { useWindow } from "../../parts/ui.ts";
import { useSaveMe } from "../../parts/useSaveMe.ts";
import { useSession } from "../../parts/useSession.ts";
import { views } from "../../parts/views.ts";
import words from "./words.json";

const sections = [
  "members",
  "team",
  "roles",
  "brand",
  "companies",
  "sla",
  "routing",
  "triggers",
  "macros",
  "processes",
  "engagements",
  "audit",
  "mail",
] as const;

/** Ctrl+K: places, customers, settings, tickets, and «создать заявку «text»». */
export function Palette() {
  const t = useWords(words);
  const go = useNavigate();
  const { tenants } = useSession();
  const { palette, deeds, setPalette, setSheet, setLeaving } = useWindow();
  const { mutate: save } = useSaveMe();
  const { data: kept } = useQuery(savedViewsQuery);
  const commands = useMemo<PaletteCommand[]>(() => {
    const to = t("goTo");
    const act = t("commands");
    return [
      ...deeds,
      ...views.map((view) => ({ id: `view.${view}`, group: to, label: t(`view.${view}`), run: () => go({ to: "/q", search: { view } }) })),
      ...(kept ?? []).map((one) => ({
        id: `saved.${one.id}`,
        group: to,
        label: one.name,
        run: () => go({ to: "/q", search: searchOf(one) }),
      })),
      { id: "all", group: to, label: t("allTenants"), keys: "Digit0", run: () => go({ to: "/q" }) },
      { id: "me", group: to, label: t("profile"), keys: "KeyG KeyM", run: () => go({ to: "/me" }) },
      ...inOrder(tenants).map((tenant) => ({
        id: `scope.${tenant.slug}`,
        group: t("tenants"),
        label: tenant.name,
        hint: tenant.code,
        mark: <TenantTile tenant={tenant} />,
        keys: tenant.pin === null ? undefined : `Digit${tenant.pin}`,
        run: () => go({ to: "/q", search: { scope: tenant.slug } }),
      })),
      ...inOrder(tenants)
        .filter((tenant) => tenant.abilities.includes("ticket.assign"))
        .map((tenant) => ({
          id: `${tenant.slug}.distribution`,
          group: to,
          label: t("distribution"),
          hint: tenant.name,
          mark: <TenantTile tenant={tenant} />,
          run: () => go({ to: "/t/$tenant/distribution", params: { tenant: tenant.slug } }),
        })),
      { id: "new", group: act, label: t("newTicket"), keys: "KeyC", run: () => go({ to: "/new" }) },
      { id: "away", group: act, label: t("away"), keys: "KeyG KeyA", run: () => setLeaving(true) },
      { id: "keys", group: act, label: t("keys"), keys: "Shift+Slash", run: () => setSheet(true) },
      ...(["light", "dark", "system"] as const).map((theme) => ({
        id: `theme.${theme}`,
        group: act,
        label: `${t("theme")}: ${t(`theme.${theme}`)}`,
        run: () => save({ prefs: { theme } }),
      })),
      { id: "ru", group: act, label: "Русский", run: () => save({ language: "ru" }) },
      { id: "en", group: act, label: "English", run: () => save({ language: "en" }) },
      ...inOrder(tenants)
        .filter((tenant) => tenant.abilities.includes("settings.read") || tenant.abilities.includes("member.read"))
        .flatMap((tenant) =>
          sections.map((section) => ({
            id: `${tenant.slug}.${section}`,
            group: t("settings"),
            label: `${tenant.name}: ${t(`section.${section}`)}`,
            mark: <TenantTile tenant={tenant} />,
            run: () => go({ to: "/t/$tenant/settings/$section", params: { tenant: tenant.slug, section } }),
          })),
        ),
    ];
  }, [t, deeds, tenants, kept, go, save, setSheet, setLeaving]);
  const load = useCallback(
    async (query: string, signal: AbortSignal): Promise<PaletteCommand[]> => {
      const { items } = await take(agent.GET("/v1/search", { params: { query: { q: query } }, signal }));
      const found = items.map((row) => {
        const tenant = tenants.find((one) => one.slug === row.tenant);
        return {
          id: `ticket.${row.ref}`,
          group: t("tickets"),
          label: row.subject,
          hint: row.ref,
          mark: tenant && <TenantBadge tenant={tenant} />,
          run: () => go({ to: "/t/$tenant/tickets/$ref", params: { tenant: row.tenant, ref: row.ref } }),
        };
      });
      const create = {
        id: "create",
        group: t("commands"),
        label: t("createNamed", { text: query }),
        run: () => go({ to: "/new", search: { subject: query } }),
      };
      return [...found, create];
    },
    [t, tenants, go],
  );
  return <CommandPalette open={palette} onClose={() => setPalette(false)} commands={commands} load={load} />;
}
