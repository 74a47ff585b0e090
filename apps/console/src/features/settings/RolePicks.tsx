import type { Role } from "@manydesk/kit/api/agent";
import { ChipGroup } from "@manydesk/kit/ui/Choice";
import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { isForStaff, roleName } from "./roleName.ts";
import words from "./words.json";

/** Which roles somebody gets. */
export function RolePicks({
  roles,
  value,
  onChange,
}: {
  roles: readonly Role[];
  value: readonly string[];
  onChange: (value: string[]) => void;
}) {
  const t = useWords(words);
  const language = useLanguage();
  return (
    <ChipGroup
      label={t("members.roles")}
      value={value}
      onChange={onChange}
      options={roles.filter(isForStaff).map((role) => ({ value: role.key, label: roleName(role, language) }))}
    />
  );
}
