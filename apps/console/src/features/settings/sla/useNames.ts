import { usePriorityName } from "@manydesk/kit/ui/Priority";
import { useLanguage } from "@manydesk/kit/words/language";
import { useQuery } from "@tanstack/react-query";
import { deskQuery } from "../../../parts/deskQuery.ts";
import { settingsQuery } from "./calls.ts";
import { calendarName, type Names } from "./sentence.ts";

/** What keys in rules are called: types, statuses, groups, priorities, calendars. */
export function useNames(tenant: string): Names {
  const language = useLanguage();
  const priorityName = usePriorityName();
  const { data: desk } = useQuery(deskQuery(tenant));
  const { data: calendars } = useQuery(settingsQuery(tenant, "calendars"));
  const calendar = calendarName(calendars, language);
  return {
    calendar,
    value(field, value) {
      const key = String(value);
      const among = (list: readonly { key: string; name: string }[] | undefined) => list?.find((one) => one.key === key)?.name ?? key;
      if (field === "type") return among(desk?.settings.types);
      if (field === "status") return among(desk?.settings.workflow.statuses);
      if (field === "group") return among(desk?.settings.groups);
      if (field === "priority") return ["1", "2", "3", "4"].includes(key) ? priorityName(Number(key) as 1 | 2 | 3 | 4) : key;
      if (field === "created_at") return calendar(key);
      return key;
    },
  };
}
