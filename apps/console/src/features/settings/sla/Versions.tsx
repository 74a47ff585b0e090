import { Button } from "@manydesk/kit/ui/Button";
import { Dialog } from "@manydesk/kit/ui/Dialog";
import { Menu } from "@manydesk/kit/ui/Menu";
import { useFormats } from "@manydesk/kit/words/format";
import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { GitCompareArrows } from "lucide-react";
import { useState } from "react";
import { useClockName } from "../../../parts/useClockName.ts";
import { useTold } from "../useTold.ts";
import { useSettings, versionsQuery } from "./calls.ts";
import { calendarLines, differences, policyLines } from "./compare.ts";
import css from "./Sla.module.css";
import { type CalendarSpec, latest, type PolicySpec, type Setting, type Specs } from "./spec.ts";
import { useNames } from "./useNames.ts";
import words from "./words.json";

type Kind = "sla-policies" | "calendars";
interface Props<K extends Kind> {
  tenant: string;
  kind: K;
  setting: Setting<Specs[K]>;
  readOnly: boolean;
}

/** «Сравнить с 3» and «Откатить»: what the draft changes, and the way back to what was. */
export function Versions<K extends Kind>({ tenant, kind, setting, readOnly }: Props<K>) {
  const t = useWords(words);
  const f = useFormats();
  const told = useTold();
  const [comparing, setComparing] = useState(false);
  const { discard, restore } = useSettings(tenant, kind);
  const { data: versions } = useQuery({ ...versionsQuery(tenant, kind, setting.key), enabled: setting.version > 0 });
  const earlier = (versions ?? []).filter((one) => one.published_at && one.version !== setting.version).slice(0, 10);
  const items = [
    ...(setting.draft && setting.version > 0
      ? [
          {
            label: t("rollback.draft", { n: setting.version }),
            onSelect: () => discard.mutate(setting.key, told(t("rollback.done", { n: setting.version }))),
          },
        ]
      : []),
    ...earlier.map((one) => ({
      label: t("version", { n: one.version }),
      hint: [one.published_at && f.moment(one.published_at), one.author?.name, one.reason].filter(Boolean).join(" · "),
      onSelect: () => restore.mutate({ key: setting.key, version: one.version }, told(t("rollback.done", { n: one.version }))),
    })),
  ];
  return (
    <>
      {setting.draft && setting.version > 0 && (
        <Button kind="ghost" icon={GitCompareArrows} onClick={() => setComparing(true)}>
          {t("compare", { n: setting.version })}
        </Button>
      )}
      {!readOnly && items.length > 0 && <Menu align="end" button={<Button>{t("rollback")}</Button>} items={items} />}
      {comparing && setting.draft && <Compared tenant={tenant} kind={kind} setting={setting} onClose={() => setComparing(false)} />}
    </>
  );
}

interface ComparedProps {
  tenant: string;
  kind: Kind;
  setting: Setting<PolicySpec | CalendarSpec>;
  onClose: () => void;
}

function Compared({ tenant, kind, setting, onClose }: ComparedProps) {
  const t = useWords(words);
  const f = useFormats();
  const language = useLanguage();
  const names = useNames(tenant);
  const clock = useClockName();
  const wording = {
    t,
    names,
    language,
    clock,
    duration: (minutes: number) => f.duration(minutes * 60),
    date: (day: string) => f.date(`${day}T12:00:00`),
  };
  const lines = (spec: PolicySpec | CalendarSpec) =>
    kind === "calendars" ? calendarLines(spec as CalendarSpec, wording) : policyLines(spec as PolicySpec, wording);
  const changes = differences(lines(setting.spec), lines(latest(setting)));
  return (
    <Dialog open onClose={onClose} title={t("compare.title", { n: setting.version })} wide>
      {changes.length === 0 ? (
        <p>{t("compare.same")}</p>
      ) : (
        <table className={css.moved}>
          <thead>
            <tr>
              <th scope="col">{t("compare.what")}</th>
              <th scope="col">{t("version", { n: setting.version })}</th>
              <th scope="col">{t("trial.draft")}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ what, from, to }) => (
              <tr key={what}>
                <th scope="row">{what}</th>
                <td>{from ?? "—"}</td>
                <td>{to ?? "—"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Dialog>
  );
}
