import type { MyTenant } from "@manydesk/kit/api/agent";
import { Badge } from "@manydesk/kit/ui/Badge";
import { Button } from "@manydesk/kit/ui/Button";
import { EmptyState } from "@manydesk/kit/ui/EmptyState";
import { Tabs } from "@manydesk/kit/ui/Tabs";
import { useLanguage } from "@manydesk/kit/words/language";
import { speaker, useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { Plus, Zap } from "lucide-react";
import { useState } from "react";
import { deskQuery } from "../../../parts/deskQuery.ts";
import { nameIn } from "../../../parts/nameIn.ts";
import { SettingLine } from "../drafting/SettingLine.tsx";
import { latest } from "../drafting/setting.ts";
import { useRouteNames } from "../routing/useRouteNames.ts";
import { Loaded, Section } from "../Section.tsx";
import { SortableList } from "../sla/SortableList.tsx";
import { sentenceOf } from "../sla/sentence.ts";
import { useNames } from "../sla/useNames.ts";
import clockWords from "../sla/words.json";
import { useTold } from "../useTold.ts";
import { type Trigger, triggersQuery, useTriggers } from "./calls.ts";
import { Deliveries } from "./Deliveries.tsx";
import { actionText, eventText } from "./say.ts";
import { TriggerPage } from "./TriggerPage.tsx";
import words from "./words.json";

/** What happens by itself at a tenant: triggers in their order, and the calls that they made. */
export function Triggers({ tenant }: { tenant: MyTenant }) {
  const t = useWords(words);
  const told = useTold();
  const { slug } = tenant;
  const query = useQuery(triggersQuery(slug));
  const { create } = useTriggers(slug);
  const [open, setOpen] = useState<string | null>(null);
  const [tab, setTab] = useState<"triggers" | "deliveries">("triggers");
  const readOnly = !tenant.abilities.includes("settings.edit");
  const trigger = query.data?.find((one) => one.key === open);
  if (trigger) {
    const chained = (key: string) => query.data?.find((one) => one.key === key);
    return (
      <TriggerPage key={trigger.key} tenant={slug} trigger={trigger} find={chained} readOnly={readOnly} onBack={() => setOpen(null)} />
    );
  }
  const add = () =>
    create.mutate(
      {
        name: { ru: speaker(words, "ru")("new.name"), en: speaker(words, "en")("new.name") },
        on: "ticket.opened",
        actions: [{ kind: "tell", assignee: true }],
      },
      { onSuccess: (made) => setOpen(made.key), onError: told("").onError },
    );
  const button = !readOnly && (
    <Button icon={Plus} busy={create.isPending} onClick={add}>
      {t("new")}
    </Button>
  );
  return (
    <Section title={t("title")} lead={t("lead")} action={tab === "triggers" && (query.data?.length ?? 0) > 0 && button}>
      <Tabs
        label={t("views")}
        selected={tab}
        onSelect={setTab}
        tabs={[
          { id: "triggers", label: t("tab.triggers"), count: query.data?.length },
          { id: "deliveries", label: t("tab.deliveries") },
        ]}
      >
        {tab === "deliveries" ? (
          <Deliveries tenant={slug} triggers={query.data ?? []} />
        ) : (
          <Loaded of={query}>
            {query.data?.length === 0 ? (
              <EmptyState icon={Zap} title={t("none")} actions={button}>
                {t("none.text")}
              </EmptyState>
            ) : (
              <List tenant={slug} triggers={query.data ?? []} readOnly={readOnly} onOpen={setOpen} />
            )}
          </Loaded>
        )}
      </Tabs>
    </Section>
  );
}

interface ListProps {
  tenant: string;
  triggers: readonly Trigger[];
  readOnly: boolean;
  onOpen: (key: string) => void;
}

function List({ tenant, triggers, readOnly, onOpen }: ListProps) {
  const t = useWords(words);
  const language = useLanguage();
  const told = useTold();
  const names = useRouteNames(tenant);
  const clockNames = useNames(tenant);
  const { data: desk } = useQuery(deskQuery(tenant));
  const { order } = useTriggers(tenant);
  const items = triggers.map((one) => {
    const spec = latest(one);
    const name = nameIn(spec.name, language, one.key);
    const when = sentenceOf(spec.when, speaker(clockWords, language), clockNames);
    const acts = spec.actions.map((action) => actionText(action, t, names, desk?.settings.workflow.statuses ?? []));
    return {
      key: one.key,
      name,
      content: (
        <SettingLine name={name} onOpen={() => onOpen(one.key)}>
          {eventText(spec, t)}
          {when && (
            <>
              , <em>{t("if")}</em> {when}
            </>
          )}{" "}
          <em>{t("then")}</em> {acts.join("; ")}
        </SettingLine>
      ),
      actions: <Badge>{one.draft ? t("draft") : t("version", { n: one.version })}</Badge>,
    };
  });
  return (
    <SortableList label={t("title")} items={items} onOrder={readOnly ? undefined : (keys) => order.mutate(keys, told(t("ordered")))} />
  );
}
