import type { MyTenant } from "@manydesk/kit/api/agent";
import { Badge } from "@manydesk/kit/ui/Badge";
import { Button, IconButton } from "@manydesk/kit/ui/Button";
import { EmptyState } from "@manydesk/kit/ui/EmptyState";
import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { Pencil, Plus, Users } from "lucide-react";
import { useState } from "react";
import { nameIn } from "../../../parts/nameIn.ts";
import { Frame, Loaded } from "../Section.tsx";
import settings from "../Settings.module.css";
import { type Group, groupsQuery } from "./calls.ts";
import { GroupForm } from "./GroupForm.tsx";
import css from "./Team.module.css";
import words from "./words.json";

/** Circles of people that work is given to. */
export function Groups({ tenant }: { tenant: MyTenant }) {
  const t = useWords(words);
  const language = useLanguage();
  const groups = useQuery(groupsQuery(tenant.slug));
  const [editing, setEditing] = useState<Group | "new" | null>(null);
  const may = tenant.abilities.includes("settings.edit") && tenant.abilities.includes("member.manage");
  const all = groups.data ?? [];
  return (
    <div className={css.view}>
      {may && (
        <div className={css.bar}>
          <Button kind="primary" icon={Plus} onClick={() => setEditing("new")}>
            {t("groups.new")}
          </Button>
        </div>
      )}
      <Loaded of={groups}>
        {all.length === 0 ? (
          <EmptyState icon={Users} title={t("groups.empty")} />
        ) : (
          <Frame label={t("tab.groups")}>
            <table className={settings.table}>
              <thead>
                <tr>
                  <th>{t("groups.name")}</th>
                  <th>{t("groups.line")}</th>
                  <th className={css.number}>{t("groups.members")}</th>
                  <th className={css.number}>{t("groups.free")}</th>
                  <th className={css.number}>{t("groups.limit")}</th>
                  <th>
                    <span className="vh">{t("act")}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {all.map((one) => (
                  <tr key={one.key}>
                    <td>
                      <span className={settings.line}>
                        <b>{nameIn(one.spec.name, language, one.key)}</b>
                        {one.spec.queue && <Badge>{t("groups.queue")}</Badge>}
                      </span>
                    </td>
                    <td>{one.spec.line ? t("line", { n: one.spec.line }) : <span className="muted">{t("groups.line.none")}</span>}</td>
                    <td className={css.number}>{one.members || <span className={css.full}>{t("groups.members.none")}</span>}</td>
                    <td className={css.number}>{one.unassigned}</td>
                    <td className={css.number}>{one.spec.limit ?? "—"}</td>
                    <td className={settings.end}>
                      {may && (
                        <IconButton
                          icon={Pencil}
                          label={t("groups.edit", { name: nameIn(one.spec.name, language, one.key) })}
                          onClick={() => setEditing(one)}
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
      {editing && <GroupForm tenant={tenant.slug} group={editing === "new" ? null : editing} onClose={() => setEditing(null)} />}
    </div>
  );
}
