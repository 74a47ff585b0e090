import { Badge } from "@manydesk/kit/ui/Badge";
import { Button, IconButton } from "@manydesk/kit/ui/Button";
import { Icon } from "@manydesk/kit/ui/Icon";
import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { Lock, Pencil, Plus } from "lucide-react";
import { useState } from "react";
import { nameIn } from "../../../parts/nameIn.ts";
import { latest, type Setting } from "../drafting/setting.ts";
import { useTold } from "../useTold.ts";
import { useSettings } from "./calls.ts";
import { ExceptionForm } from "./ExceptionForm.tsx";
import css from "./Sla.module.css";
import { SortableList } from "./SortableList.tsx";
import { effectOf, sentenceOf } from "./sentence.ts";
import type { CalendarSpec, ExceptionSpec } from "./spec.ts";
import { useNames } from "./useNames.ts";
import words from "./words.json";

interface Props {
  tenant: string;
  exceptions: readonly Setting<ExceptionSpec>[];
  calendars: readonly Setting<CalendarSpec>[];
  readOnly: boolean;
}

/** Exceptions as numbered sentences: the first that fits wins, else the targets hold. */
export function Exceptions({ tenant, exceptions, calendars, readOnly }: Props) {
  const t = useWords(words);
  const told = useTold();
  const language = useLanguage();
  const names = useNames(tenant);
  const { order, approve } = useSettings(tenant, "sla-exceptions");
  const [edited, setEdited] = useState<Setting<ExceptionSpec> | "new" | null>(null);
  const items = exceptions.map((setting) => {
    const spec = latest(setting);
    const name = nameIn(spec.name, language, setting.key);
    const when = sentenceOf(spec.when, t, names);
    const proposed = setting.draft?.state === "proposed";
    return {
      key: setting.key,
      name,
      content: (
        <span className={css.sentence} title={spec.reason}>
          {when ? (
            <>
              <em>{t("rule.if")}</em> {when} <em>{t("rule.then")}</em>{" "}
            </>
          ) : (
            <em>{t("rule.always")} </em>
          )}
          {effectOf(spec.effect, t, names, language)}
          {setting.draft && <Badge tone={proposed ? "note" : "grey"}>{t(proposed ? "state.proposed" : "state.draft")}</Badge>}
        </span>
      ),
      actions: (
        <>
          {proposed && setting.abilities.includes("approve") && (
            <Button size="xs" busy={approve.isPending} onClick={() => approve.mutate(setting, told(t("exception.approved", { name })))}>
              {t("exception.approve")}
            </Button>
          )}
          {!readOnly && <IconButton size="xs" icon={Pencil} label={t("edit", { name })} onClick={() => setEdited(setting)} />}
        </>
      ),
    };
  });
  return (
    <section className={css.block} aria-label={t("exceptions")}>
      <h2>
        {t("exceptions")} <small>{t("exceptions.lead")}</small>
        {!readOnly && (
          <span className={css.right}>
            <Button size="xs" kind="ghost" icon={Plus} onClick={() => setEdited("new")}>
              {t("exception")}
            </Button>
          </span>
        )}
      </h2>
      <SortableList
        label={t("exceptions")}
        items={items}
        onOrder={readOnly ? undefined : (keys) => order.mutate(keys, told(t("ordered")))}
        otherwise={
          <>
            <Icon of={Lock} />
            {t("exceptions.otherwise")}
          </>
        }
      />
      {edited && (
        <ExceptionForm tenant={tenant} setting={edited === "new" ? null : edited} calendars={calendars} onClose={() => setEdited(null)} />
      )}
    </section>
  );
}
