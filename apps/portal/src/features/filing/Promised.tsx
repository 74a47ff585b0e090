import { take } from "@manydesk/kit/api/client";
import { portal } from "@manydesk/kit/api/portal";
import { useWords } from "@manydesk/kit/words/useWords";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { keys, useTenant } from "../../parts/portal.ts";
import { useWhen } from "../../parts/when.ts";
import css from "./Filing.module.css";
import words from "./words.json";

/** The promise stands beside the button before it is pressed: «Ответим сегодня до 13:35, решим до 17:20.» */
export function Promised({ type }: { type: string | undefined }) {
  const t = useWords(words);
  const { parts } = useWhen();
  const path = useTenant();
  const { data } = useQuery({
    queryKey: keys.promised(type ?? ""),
    queryFn: ({ signal }) => take(portal.POST("/v1/portal/{tenant}/deadline-previews", { params: { path }, body: { type }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
    retry: false,
  });
  const reply = data?.reply_by && parts(data.reply_by);
  const fix = data?.fix_by && parts(data.fix_by);
  if (!reply && !fix) return null;
  return (
    <p className={css.promise} role="status">
      {reply && fix
        ? reply.day === fix.day
          ? t("promise.sameDay", { day: reply.day, reply: reply.time, fix: fix.time })
          : t("promise.both", { day: reply.day, reply: reply.time, fixDay: fix.day, fix: fix.time })
        : reply
          ? t("promise.reply", reply)
          : fix && t("promise.fix", fix)}
    </p>
  );
}
