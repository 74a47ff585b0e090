import type { Role, TypeDef } from "@manydesk/kit/api/agent";
import { Button, IconButton } from "@manydesk/kit/ui/Button";
import { Checkbox, ChipGroup } from "@manydesk/kit/ui/Choice";
import { Confirm } from "@manydesk/kit/ui/Dialog";
import { Icon } from "@manydesk/kit/ui/Icon";
import { Popover } from "@manydesk/kit/ui/Popover";
import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { Check, Trash2 } from "lucide-react";
import { Fragment, useState } from "react";
import { chapterOf, hasTypes, typesOf, withGrant } from "./grants.ts";
import { useDeleteRole } from "./mutations.ts";
import { roleName } from "./roleName.ts";
import { Frame } from "./Section.tsx";
import css from "./Settings.module.css";
import { useTold } from "./useTold.ts";
import words from "./words.json";

interface Permission {
  key: string;
  name: string;
  group: string;
}

interface Props {
  tenant: string;
  roles: readonly Role[];
  permissions: readonly Permission[];
  types: readonly TypeDef[];
  readOnly: boolean;
  onChange: (role: string, grants: Role["permissions"]) => void;
}

/** Rights down, roles across. A tick gives a right; where tickets have types, for which ones. */
export function Matrix({ tenant, roles, permissions, types, readOnly, onChange }: Props) {
  const t = useWords(words);
  const language = useLanguage();
  const groups = [...new Set(permissions.map(chapterOf))];
  return (
    <Frame label={t("section.roles")}>
      <table className={`${css.table} ${css.matrix}`}>
        <thead>
          <tr>
            <th>{t("roles.right")}</th>
            {roles.map((role) => (
              <th key={role.key} scope="col">
                <Head tenant={tenant} role={role} readOnly={readOnly} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <Fragment key={group}>
              <tr className={css.group}>
                <td colSpan={roles.length + 1}>{t(`group.${group}`)}</td>
              </tr>
              {permissions
                .filter((one) => chapterOf(one) === group)
                .map((permission) => (
                  <tr key={permission.key}>
                    <td>{permission.name}</td>
                    {roles.map((role) => (
                      <td key={role.key}>
                        <Cell
                          role={role}
                          roleName={roleName(role, language)}
                          permission={permission}
                          types={types}
                          readOnly={readOnly || role.builtin}
                          onChange={(grants) => onChange(role.key, grants)}
                        />
                      </td>
                    ))}
                  </tr>
                ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </Frame>
  );
}

function Head({ tenant, role, readOnly }: { tenant: string; role: Role; readOnly: boolean }) {
  const t = useWords(words);
  const language = useLanguage();
  const told = useTold();
  const remove = useDeleteRole(tenant);
  const [asking, setAsking] = useState(false);
  const name = roleName(role, language);
  return (
    <span className={css.th}>
      {name}
      <small>{role.builtin ? t("roles.builtin") : t("roles.members", { n: role.members })}</small>
      {!role.builtin && !readOnly && (
        <IconButton size="xs" icon={Trash2} label={`${t("roles.delete")}: ${name}`} onClick={() => setAsking(true)} />
      )}
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          remove.mutate(role, told(t("roles.deleted", { name })));
        }}
        title={t("roles.sure", { name })}
        action={t("roles.delete")}
        danger
      >
        <p>{t("roles.sure.text")}</p>
      </Confirm>
    </span>
  );
}

interface CellProps {
  role: Role;
  roleName: string;
  permission: Permission;
  types: readonly TypeDef[];
  readOnly: boolean;
  onChange: (grants: Role["permissions"]) => void;
}

function Cell({ role, roleName: name, permission, types, readOnly, onChange }: CellProps) {
  const t = useWords(words);
  const given = typesOf(role.permissions, permission.key);
  const some = given !== "*" && given.length > 0;
  const label = t("roles.grant", { role: name, right: permission.name });
  if (readOnly) {
    if (given !== "*" && !some) return <span className="faint">–</span>;
    return (
      <span className={css.cell} title={label}>
        <Icon of={Check} />
        <span className={some ? undefined : "vh"}>{some ? t("roles.some", { n: given.length }) : label}</span>
      </span>
    );
  }
  return (
    <span className={css.cell}>
      <Checkbox
        aria-label={label}
        checked={given === "*" || some}
        partly={some}
        onChange={(on) => onChange(withGrant(role.permissions, permission.key, on ? "*" : []))}
      />
      {(given === "*" || some) && hasTypes(permission.key) && types.length > 1 && (
        <Popover
          label={t("roles.types", { right: permission.name })}
          button={
            <Button size="xs" kind="ghost">
              {some ? t("roles.some", { n: given.length }) : t("roles.all")}
            </Button>
          }
        >
          {() => (
            <ChipGroup
              label={t("roles.types", { right: permission.name })}
              value={given === "*" ? types.map((type) => type.key) : given}
              onChange={(keys) => onChange(withGrant(role.permissions, permission.key, keys.length === types.length ? "*" : keys))}
              options={types.map((type) => ({ value: type.key, label: type.name }))}
            />
          )}
        </Popover>
      )}
    </span>
  );
}
