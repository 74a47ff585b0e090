import type { MyTenant, Role } from "@manydesk/kit/api/agent";
import { toast } from "@manydesk/kit/look/toast";
import { Button } from "@manydesk/kit/ui/Button";
import { useSentence } from "@manydesk/kit/ui/ErrorCard";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { deskQuery } from "../../parts/deskQuery.ts";
import { sameGrants } from "./grants.ts";
import { Matrix } from "./Matrix.tsx";
import { useSaveRole } from "./mutations.ts";
import { NewRole } from "./NewRole.tsx";
import { permissionsQuery, rolesQuery } from "./queries.ts";
import { Loaded, Section } from "./Section.tsx";
import css from "./Settings.module.css";
import words from "./words.json";

/** Roles against rights, each right for all types or for some. Changes are kept here until saved. */
export function Roles({ tenant }: { tenant: MyTenant }) {
  const t = useWords(words);
  const sentence = useSentence();
  const roles = useQuery(rolesQuery(tenant.slug));
  const permissions = useQuery(permissionsQuery(tenant.slug));
  const { data: desk } = useQuery(deskQuery(tenant.slug));
  const save = useSaveRole(tenant.slug);
  const [changed, setChanged] = useState<Record<string, Role["permissions"]>>({});
  const [adding, setAdding] = useState(false);
  const may = tenant.abilities.includes("role.manage");
  const all = roles.data?.items ?? [];
  const touched = all.filter((role) => {
    const mine = changed[role.key];
    return mine !== undefined && !sameGrants(mine, role.permissions);
  });
  const saveAll = async () => {
    try {
      for (const role of touched) await save.mutateAsync({ role, permissions: changed[role.key] ?? role.permissions });
      setChanged({});
      toast({ text: t("saved") });
    } catch (error) {
      toast({ text: sentence(error), kind: "bad" });
    }
  };
  return (
    <Section
      title={t("section.roles")}
      lead={t("roles.lead")}
      action={
        may && (
          <Button icon={Plus} onClick={() => setAdding(true)}>
            {t("roles.new")}
          </Button>
        )
      }
    >
      <Loaded of={roles}>
        <Loaded of={permissions}>
          <Matrix
            tenant={tenant.slug}
            roles={all.map((role) => ({ ...role, permissions: changed[role.key] ?? role.permissions }))}
            permissions={permissions.data?.items ?? []}
            types={desk?.settings.types ?? []}
            readOnly={!may}
            onChange={(role, grants) => setChanged({ ...changed, [role]: grants })}
          />
        </Loaded>
      </Loaded>
      {touched.length > 0 && (
        <div className={css.save} role="status">
          <span>{t("roles.unsaved", { n: touched.length })}</span>
          <Button kind="ghost" onClick={() => setChanged({})}>
            {t("roles.reset")}
          </Button>
          <Button kind="primary" busy={save.isPending} onClick={saveAll}>
            {t("save")}
          </Button>
        </div>
      )}
      {adding && <NewRole tenant={tenant.slug} onClose={() => setAdding(false)} />}
    </Section>
  );
}
