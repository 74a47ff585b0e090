import type { Member, MyTenant } from "@manydesk/kit/api/agent";
import { Avatar } from "@manydesk/kit/ui/Avatar";
import { Badge } from "@manydesk/kit/ui/Badge";
import { Button, IconButton } from "@manydesk/kit/ui/Button";
import { EmptyState } from "@manydesk/kit/ui/EmptyState";
import { Icon } from "@manydesk/kit/ui/Icon";
import { useFormats } from "@manydesk/kit/words/format";
import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { Pencil, ShieldCheck, UserPlus, Users } from "lucide-react";
import { useState } from "react";
import { membersQuery } from "../../parts/deskQuery.ts";
import { initialsOf } from "../../parts/initials.ts";
import { InviteForm } from "./InviteForm.tsx";
import { MemberForm } from "./MemberForm.tsx";
import { useInvite, useWithdraw } from "./mutations.ts";
import { invitationsQuery, rolesQuery } from "./queries.ts";
import { roleName } from "./roleName.ts";
import { Frame, Loaded, Section } from "./Section.tsx";
import css from "./Settings.module.css";
import { useTold } from "./useTold.ts";
import words from "./words.json";

export function Members({ tenant }: { tenant: MyTenant }) {
  const t = useWords(words);
  const members = useQuery(membersQuery(tenant.slug));
  const roles = useQuery(rolesQuery(tenant.slug));
  const [inviting, setInviting] = useState(false);
  const [editing, setEditing] = useState<Member | null>(null);
  const invite = useInvite(tenant.slug);
  const may = tenant.abilities.includes("member.manage");
  const all = members.data?.items ?? [];
  return (
    <Section
      title={t("section.members")}
      lead={t("members.lead")}
      action={
        may && (
          <Button kind="primary" icon={UserPlus} onClick={() => setInviting(true)}>
            {t("invite")}
          </Button>
        )
      }
    >
      <Loaded of={members}>
        {all.length === 0 ? <EmptyState icon={Users} title={t("members.empty")} /> : <Table members={all} onEdit={setEditing} />}
      </Loaded>
      {may && <Invitations tenant={tenant.slug} />}
      {inviting && <InviteForm roles={roles.data?.items ?? []} invite={invite} onClose={() => setInviting(false)} />}
      {editing && <MemberForm tenant={tenant.slug} member={editing} roles={roles.data?.items ?? []} onClose={() => setEditing(null)} />}
    </Section>
  );
}

function Table({ members, onEdit }: { members: Member[]; onEdit: (member: Member) => void }) {
  const t = useWords(words);
  const f = useFormats();
  return (
    <Frame label={t("section.members")}>
      <table className={css.table}>
        <thead>
          <tr>
            <th>{t("members.name")}</th>
            <th>{t("members.from")}</th>
            <th>{t("members.roles")}</th>
            <th>{t("members.seen")}</th>
            <th>
              <span className="vh">{t("save")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <tr key={member.id} className={member.active ? undefined : css.off}>
              <td>
                <span className={css.who}>
                  <Avatar person={{ name: member.name, initials: initialsOf(member.name) }} size={28} mute />
                  <span>
                    {member.name}
                    <small>{member.email}</small>
                  </span>
                  {member.totp && (
                    <span title={t("members.totp")}>
                      <Icon of={ShieldCheck} />
                      <span className="vh">{t("members.totp")}</span>
                    </span>
                  )}
                </span>
              </td>
              <td>{member.provider?.name ?? t("members.own")}</td>
              <td>
                <span className={css.chips}>
                  {member.roles.map((role) => (
                    <Badge key={role.key}>{role.name}</Badge>
                  ))}
                </span>
              </td>
              <td className="nowrap">
                {!member.active ? (
                  t("members.off")
                ) : member.last_seen_at ? (
                  f.recent(member.last_seen_at)
                ) : (
                  <span className="muted">{t("members.never")}</span>
                )}
              </td>
              <td className={css.end}>
                {member.abilities.length > 0 && (
                  <IconButton icon={Pencil} label={t("members.edit", { name: member.name })} onClick={() => onEdit(member)} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Frame>
  );
}

function Invitations({ tenant }: { tenant: string }) {
  const t = useWords(words);
  const f = useFormats();
  const language = useLanguage();
  const told = useTold();
  const { data } = useQuery(invitationsQuery(tenant));
  const { data: roles } = useQuery(rolesQuery(tenant));
  const withdraw = useWithdraw(tenant);
  if (!data || data.items.length === 0) return null;
  const named = (key: string): string => {
    const role = roles?.items.find((one) => one.key === key);
    return role ? roleName(role, language) : key;
  };
  return (
    <>
      <h3 className={css.h3}>{t("invitations")}</h3>
      <div className={css.list}>
        {data.items.map((one) => (
          <div key={one.id} className={css.item}>
            <div>
              <b>{one.email}</b>
              <p>
                {one.roles.map(named).join(", ")} · {t("invitations.until", { at: f.recent(one.expires_at) })}
              </p>
            </div>
            <Button onClick={() => withdraw.mutate(one.id, told(t("invitations.withdrawn", { email: one.email })))}>
              {t("invitations.withdraw")}
            </Button>
          </div>
        ))}
      </div>
    </>
  );
}
