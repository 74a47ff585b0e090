import { Badge } from "@manydesk/kit/ui/Badge";
import { IconButton } from "@manydesk/kit/ui/Button";
import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { Pencil, Plus } from "lucide-react";
import { useState } from "react";
import { nameIn } from "../../../parts/nameIn.ts";
import { latest, type Setting } from "../drafting/setting.ts";
import { rolesQuery } from "../queries.ts";
import { roleName } from "../roleName.ts";
import { settingsQuery } from "./calls.ts";
import { EscalationForm } from "./EscalationForm.tsx";
import { actionText, levelText } from "./levels.ts";
import css from "./Sla.module.css";
import type { EscalationSpec, Level } from "./spec.ts";
import words from "./words.json";

/** When who is told: marks on the way to a deadline, each with what it does. */
export function Escalations({ tenant, readOnly }: { tenant: string; readOnly: boolean }) {
  const t = useWords(words);
  const language = useLanguage();
  const { data } = useQuery(settingsQuery(tenant, "escalations"));
  const { data: roles } = useQuery(rolesQuery(tenant));
  const [edited, setEdited] = useState<Setting<EscalationSpec> | "new" | null>(null);
  const role = (key: string) => {
    const found = roles?.items.find((one) => one.key === key);
    return found ? roleName(found, language) : key;
  };
  return (
    <section aria-label={t("escalations")}>
      <h2>
        {t("escalations")} <small>{t("escalations.lead")}</small>
        {!readOnly && (
          <span className={css.right}>
            <IconButton size="xs" icon={Plus} label={t("escalation.new")} onClick={() => setEdited("new")} />
          </span>
        )}
      </h2>
      {data?.length === 0 && <p className="muted s13">{t("escalations.none")}</p>}
      {data?.map((setting) => {
        const spec = latest(setting);
        const name = nameIn(spec.name, language, setting.key);
        return (
          <div key={setting.key} className={css.escalation}>
            <p>
              <b>{name}</b> {setting.draft && <Badge>{t("state.draft")}</Badge>}
              {!readOnly && <IconButton size="xs" icon={Pencil} label={t("edit", { name })} onClick={() => setEdited(setting)} />}
            </p>
            <Marks levels={spec.levels} />
            <ul className={css.levels}>
              {spec.levels.map((level) => (
                <li key={`${level.clock}${level.at}${level.value}${JSON.stringify(level.actions)}`}>
                  <b>{levelText(level, t)}</b>{" "}
                  <span className="muted">{level.actions.map((action) => actionText(action, t, role)).join(", ")}</span>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
      {edited && <EscalationForm tenant={tenant} setting={edited === "new" ? null : edited} onClose={() => setEdited(null)} />}
    </section>
  );
}

function Marks({ levels }: { levels: readonly Level[] }) {
  const shares = levels.flatMap((level) => (level.at === "share" ? [level.value ?? 0] : level.at === "breach" ? [100] : []));
  if (shares.length === 0) return null;
  return (
    <span className={css.marks} aria-hidden="true">
      {[...new Set(shares)].map((share) => (
        <i key={share} style={{ left: `${share}%` }} />
      ))}
    </span>
  );
}
