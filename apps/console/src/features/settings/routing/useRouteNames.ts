import type { Words } from "@manydesk/kit/api/sla";
import { usePriorityName } from "@manydesk/kit/ui/Priority";
import type { Option } from "@manydesk/kit/ui/Select";
import { useLanguage } from "@manydesk/kit/words/language";
import { useQuery } from "@tanstack/react-query";
import { deskQuery, membersQuery } from "../../../parts/deskQuery.ts";
import { nameIn } from "../../../parts/nameIn.ts";
import { skillsQuery, vendorsQuery } from "../../../parts/routing.ts";
import type { Setting } from "../drafting/setting.ts";
import { settingsQuery } from "../drafting/useSettings.ts";
import { rolesQuery } from "../queries.ts";
import { isForStaff, roleName } from "../roleName.ts";

/** What rules may name, in the words of the one who looks. */
export interface RouteNames {
  groups: Option[];
  people: Option[];
  vendors: Option[];
  roles: Option[];
  skills: Option[];
  priorities: Option[];
  /** Published ones alone. */
  macros: Option[];
  processes: Option[];
}

interface Named {
  name: Words;
}

export function useRouteNames(tenant: string): RouteNames {
  const language = useLanguage();
  const priorityName = usePriorityName();
  const { data: desk } = useQuery(deskQuery(tenant));
  const { data: members } = useQuery(membersQuery(tenant));
  const { data: vendors } = useQuery(vendorsQuery(tenant));
  const { data: roles } = useQuery(rolesQuery(tenant));
  const { data: skills } = useQuery(skillsQuery(tenant));
  const { data: macros } = useQuery(settingsQuery<Named>(tenant, "macros"));
  const { data: processes } = useQuery(settingsQuery<Named>(tenant, "processes"));
  const live = (all: readonly Setting<Named>[] | undefined) =>
    (all ?? []).filter((one) => one.version > 0).map((one) => ({ value: one.key, label: nameIn(one.spec.name, language, one.key) }));
  return {
    groups: (desk?.settings.groups ?? []).map((one) => ({ value: one.key, label: one.name })),
    people: (members?.items ?? []).filter((one) => one.active).map((one) => ({ value: one.id, label: one.name })),
    vendors: (vendors ?? []).filter((one) => !one.ended_at).map((one) => ({ value: one.id, label: one.name })),
    roles: (roles?.items ?? []).filter(isForStaff).map((one) => ({ value: one.key, label: roleName(one, language) })),
    skills: (skills ?? []).map((one) => ({ value: one.key, label: nameIn(one.spec.name, language, one.key) })),
    priorities: ([1, 2, 3, 4] as const).map((one) => ({ value: String(one), label: `P${one}, ${priorityName(one)}` })),
    macros: live(macros),
    processes: live(processes),
  };
}

/** The name of a key, or the key itself where nothing has it. */
export function labelOf(options: readonly Option[], key: string): string {
  return options.find((one) => one.value === key)?.label ?? key;
}
