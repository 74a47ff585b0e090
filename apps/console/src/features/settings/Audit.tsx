import type { MyTenant } from "@manydesk/kit/api/agent";
import { EmptyState } from "@manydesk/kit/ui/EmptyState";
import { LoadMore } from "@manydesk/kit/ui/LoadMore";
import { useFormats } from "@manydesk/kit/words/format";
import { useWords } from "@manydesk/kit/words/useWords";
import { useInfiniteQuery } from "@tanstack/react-query";
import { History } from "lucide-react";
import { auditQuery } from "./queries.ts";
import { Frame, Loaded, Section } from "./Section.tsx";
import css from "./Settings.module.css";
import words from "./words.json";

export function Audit({ tenant }: { tenant: MyTenant }) {
  const t = useWords(words);
  const f = useFormats();
  const audit = useInfiniteQuery(auditQuery(tenant.slug));
  const lines = audit.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section title={t("section.audit")} lead={t("audit.lead")}>
      <Loaded of={audit}>
        {lines.length === 0 ? (
          <EmptyState icon={History} title={t("audit.empty")} />
        ) : (
          <Frame label={t("section.audit")}>
            <table className={css.table}>
              <thead>
                <tr>
                  <th>{t("audit.when")}</th>
                  <th>{t("audit.who")}</th>
                  <th>{t("audit.what")}</th>
                  <th>{t("audit.subject")}</th>
                </tr>
              </thead>
              <tbody>
                {lines.map((line, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name of their own and never move.
                  <tr key={index}>
                    <td className="nowrap">{f.moment(line.at)}</td>
                    <td>
                      {line.actor.kind === "system" || line.actor.name.startsWith("system:") ? "Manydesk" : line.actor.name}
                      {line.provider && <span className="muted"> · {line.provider.name}</span>}
                    </td>
                    <td>{factName(line.what, t)}</td>
                    <td>{line.subject === "contact" || line.subject === "company" ? t(`audit.${line.subject}`) : line.subject}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Frame>
        )}
        <LoadMore more={audit.hasNextPage} busy={audit.isFetchingNextPage} onMore={() => audit.fetchNextPage()} />
      </Loaded>
    </Section>
  );
}

// A fact of a newer server that has no words here yet shows by its own name.
function factName(what: string, t: ReturnType<typeof useWords<typeof words>>): string {
  const key = `fact.${what}`;
  return key in words ? t(key as keyof typeof words) : what;
}
