import type { MyTenant } from "@manydesk/kit/api/agent";
import type { Loaded as Person } from "@manydesk/kit/api/route";
import { Avatar } from "@manydesk/kit/ui/Avatar";
import { Badge } from "@manydesk/kit/ui/Badge";
import { IconButton } from "@manydesk/kit/ui/Button";
import { EmptyState } from "@manydesk/kit/ui/EmptyState";
import { LoadBar } from "@manydesk/kit/ui/LoadBar";
import { useFormats } from "@manydesk/kit/words/format";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { Pencil, Users } from "lucide-react";
import { useState } from "react";
import { loadQuery } from "../../../parts/routing.ts";
import { Frame, Loaded } from "../Section.tsx";
import settings from "../Settings.module.css";
import { groupsQuery, teamQuery, vendorsQuery } from "./calls.ts";
import { PersonForm } from "./PersonForm.tsx";
import css from "./Team.module.css";
import words from "./words.json";

/** How much each has to do against their capacity, and who is there. It moves by itself. */
export function LoadView({ tenant }: { tenant: MyTenant }) {
  const t = useWords(words);
  const load = useQuery(loadQuery(tenant.slug));
  const team = useQuery(teamQuery(tenant.slug));
  const groups = useQuery(groupsQuery(tenant.slug));
  const vendors = useQuery(vendorsQuery(tenant.slug));
  const [editing, setEditing] = useState<string | null>(null);
  const edited = team.data?.find((one) => one.id === editing);
  const may = tenant.abilities.includes("member.manage");
  const people = load.data?.items ?? [];
  return (
    <div className={css.view}>
      <p className={css.hint}>{t("load.hint")}</p>
      <Loaded of={load}>
        {people.length === 0 ? (
          <EmptyState icon={Users} title={t("load.empty")} />
        ) : (
          <Frame label={t("tab.load")}>
            <table className={settings.table}>
              <thead>
                <tr>
                  <th>{t("person")}</th>
                  <th>{t("load.where")}</th>
                  <th>{t("load.groups")}</th>
                  <th>{t("load.tickets")}</th>
                  <th>
                    <span className="vh">{t("act")}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {people.map((one) => (
                  <tr key={one.person.id}>
                    <td>
                      <span className={settings.who}>
                        <Avatar person={one.person} size={28} mute />
                        <span>
                          {one.person.name}
                          {one.vendor && <small>{one.vendor.name}</small>}
                        </span>
                      </span>
                    </td>
                    <td>
                      <Presence of={one} />
                    </td>
                    <td>
                      <span className={settings.chips}>
                        {one.groups.map((group) => (
                          <Badge key={group.key}>{group.name}</Badge>
                        ))}
                        {one.lines.map((n) => (
                          <Badge key={n}>{t("line", { n })}</Badge>
                        ))}
                      </span>
                    </td>
                    <td className={css.load}>
                      <span>
                        <b>{t("load.of", { n: one.tickets, all: one.capacity })}</b> · {t("load.here", { n: one.here })}
                        {one.tickets >= one.capacity && <span className={css.full}> · {t("load.full")}</span>}
                      </span>
                      <LoadBar value={one.tickets} limit={one.capacity} most={Math.max(one.capacity * 1.25, one.tickets)} look="thin" />
                    </td>
                    <td className={settings.end}>
                      {may && (
                        <IconButton
                          icon={Pencil}
                          label={t("load.edit", { name: one.person.name })}
                          onClick={() => setEditing(one.person.id)}
                        />
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Frame>
        )}
      </Loaded>
      {edited && groups.data && vendors.data && (
        <PersonForm
          key={edited.id}
          tenant={tenant}
          member={edited}
          groups={groups.data}
          vendors={vendors.data}
          onClose={() => setEditing(null)}
        />
      )}
    </div>
  );
}

/** Whether somebody is there, in words; the dot is for the eye. */
function Presence({ of }: { of: Person }) {
  const t = useWords(words);
  const f = useFormats();
  const text = of.absent_until
    ? t("absent", { at: f.moment(of.absent_until) })
    : of.on_shift
      ? of.until
        ? t("on.until", { at: f.moment(of.until) })
        : t("on")
      : of.next_shift
        ? t("off.next", { at: f.moment(of.next_shift) })
        : t("off");
  return (
    <span className={css.there}>
      <i data-there={of.absent_until ? "absent" : of.on_shift ? "yes" : "no"} aria-hidden="true" />
      {text}
    </span>
  );
}
