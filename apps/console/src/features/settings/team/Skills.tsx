import type { MyTenant } from "@manydesk/kit/api/agent";
import { Button, IconButton } from "@manydesk/kit/ui/Button";
import { EmptyState } from "@manydesk/kit/ui/EmptyState";
import { Select } from "@manydesk/kit/ui/Select";
import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { Plus, Sparkles, X } from "lucide-react";
import { useState } from "react";
import { nameIn } from "../../../parts/nameIn.ts";
import { Frame, Loaded } from "../Section.tsx";
import settings from "../Settings.module.css";
import { useTold } from "../useTold.ts";
import { type Skill, skillsQuery, type TeamMember, teamQuery, useRemoveSetting, useSavePerson } from "./calls.ts";
import { SkillForm } from "./SkillForm.tsx";
import css from "./Team.module.css";
import words from "./words.json";

/** Who can what, and how well: a table of people and skills. */
export function Skills({ tenant }: { tenant: MyTenant }) {
  const t = useWords(words);
  const skills = useQuery(skillsQuery(tenant.slug));
  const team = useQuery(teamQuery(tenant.slug));
  const [adding, setAdding] = useState(false);
  const all = (skills.data ?? []).filter((one) => one.version > 0);
  return (
    <div className={css.view}>
      {tenant.abilities.includes("settings.edit") && (
        <div className={css.bar}>
          <Button kind="primary" icon={Plus} onClick={() => setAdding(true)}>
            {t("skills.new")}
          </Button>
        </div>
      )}
      <Loaded of={skills}>
        <Loaded of={team}>
          {all.length === 0 ? (
            <EmptyState icon={Sparkles} title={t("skills.empty")}>
              {t("skills.empty.why")}
            </EmptyState>
          ) : (
            <Matrix tenant={tenant} skills={all} team={(team.data ?? []).filter((one) => one.active)} />
          )}
        </Loaded>
      </Loaded>
      {adding && <SkillForm tenant={tenant.slug} onClose={() => setAdding(false)} />}
    </div>
  );
}

function Matrix({ tenant, skills, team }: { tenant: MyTenant; skills: Skill[]; team: TeamMember[] }) {
  const t = useWords(words);
  const language = useLanguage();
  const told = useTold();
  const remove = useRemoveSetting(tenant.slug, "skills");
  const save = useSavePerson(tenant.slug);
  const names = tenant.abilities.includes("settings.edit");
  const may = tenant.abilities.includes("member.manage");
  const level = (member: TeamMember, key: string) => member.skills.find((one) => one.key === key)?.level ?? 0;
  const set = (member: TeamMember, key: string, to: number) => {
    const held = Object.fromEntries(member.skills.map((one) => [one.key, one.level]));
    if (to === 0) delete held[key];
    else held[key] = to;
    save.mutate({ member, skills: held }, told(t("saved", { name: member.name })));
  };
  const label = (n: number) => (n === 0 ? t("skills.none") : t(`skills.${n}` as "skills.1"));
  return (
    <Frame label={t("tab.skills")}>
      <table className={`${settings.table} ${css.matrix}`}>
        <thead>
          <tr>
            <th>{t("person")}</th>
            {skills.map((one) => (
              <th key={one.key}>
                <span className={css.skill}>
                  {nameIn(one.spec.name, language, one.key)}
                  {names && (
                    <IconButton
                      size="xs"
                      icon={X}
                      label={t("skills.remove", { name: nameIn(one.spec.name, language, one.key) })}
                      onClick={() => remove.mutate(one, told(t("skills.removed", { name: nameIn(one.spec.name, language, one.key) })))}
                    />
                  )}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {team.map((member) => (
            <tr key={member.id}>
              <th scope="row">{member.name}</th>
              {skills.map((one) => (
                <td key={one.key}>
                  {may ? (
                    <Select
                      size="sm"
                      look="ghost"
                      aria-label={t("skills.level", { name: member.name, skill: nameIn(one.spec.name, language, one.key) })}
                      value={String(level(member, one.key))}
                      disabled={save.isPending}
                      onChange={(to) => set(member, one.key, Number(to))}
                      options={[0, 1, 2, 3].map((n) => ({ value: String(n), label: label(n) }))}
                    />
                  ) : (
                    label(level(member, one.key))
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Frame>
  );
}
