import { Button } from "@manydesk/kit/ui/Button";
import { Dialog } from "@manydesk/kit/ui/Dialog";
import { Menu } from "@manydesk/kit/ui/Menu";
import { Skeleton } from "@manydesk/kit/ui/Skeleton";
import { useFormats } from "@manydesk/kit/words/format";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { GitCompareArrows } from "lucide-react";
import { useState } from "react";
import { Refusal } from "../../../parts/Refusal.tsx";
import { useTold } from "../useTold.ts";
import { comparisonQuery, useSettings, versionsQuery } from "./calls.ts";
import css from "./Sla.module.css";
import type { Setting, Specs } from "./spec.ts";
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
      {comparing && setting.draft && (
        <Compared
          tenant={tenant}
          kind={kind}
          name={setting.key}
          from={setting.version}
          to={setting.draft.version}
          onClose={() => setComparing(false)}
        />
      )}
    </>
  );
}

interface ComparedProps {
  tenant: string;
  kind: Kind;
  name: string;
  from: number;
  to: number;
  onClose: () => void;
}

function Compared({ tenant, kind, name, from, to, onClose }: ComparedProps) {
  const t = useWords(words);
  const { data, error, refetch, isFetching } = useQuery(comparisonQuery(tenant, kind, name, from, to));
  return (
    <Dialog open onClose={onClose} title={t("compare.title", { n: from })} wide>
      {data ? (
        data.changes.length === 0 ? (
          <p>{t("compare.same")}</p>
        ) : (
          <table className={css.moved}>
            <thead>
              <tr>
                <th scope="col">{t("compare.what")}</th>
                <th scope="col">{t("version", { n: from })}</th>
                <th scope="col">{t("trial.draft")}</th>
              </tr>
            </thead>
            <tbody>
              {data.changes.map((change) => (
                <tr key={change.path}>
                  <td>{change.path.replace(/^\//, "").replaceAll("/", " › ")}</td>
                  <td>{plain(change.from)}</td>
                  <td>{plain(change.to)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )
      ) : error ? (
        <Refusal error={error} onRetry={() => refetch()} busy={isFetching} />
      ) : (
        <Skeleton lines={4} />
      )}
    </Dialog>
  );
}

function plain(value: unknown): string {
  if (value === null || value === undefined) return "—";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
