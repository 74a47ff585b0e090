import type { MyTenant } from "@manydesk/kit/api/agent";
import { Badge } from "@manydesk/kit/ui/Badge";
import { Button } from "@manydesk/kit/ui/Button";
import { EmptyState } from "@manydesk/kit/ui/EmptyState";
import { useLanguage } from "@manydesk/kit/words/language";
import { speaker, useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { Plus, WandSparkles } from "lucide-react";
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
import { actionText } from "../triggers/say.ts";
import triggerWords from "../triggers/words.json";
import { useTold } from "../useTold.ts";
import { type Macro, macrosQuery, useMacros } from "./calls.ts";
import { MacroPage } from "./MacroPage.tsx";
import words from "./words.json";

/** What the people of a tenant do often with a ticket, under a name: `;` in the ticket. */
export function Macros({ tenant }: { tenant: MyTenant }) {
  const t = useWords(words);
  const told = useTold();
  const { slug } = tenant;
  const query = useQuery(macrosQuery(slug));
  const { create } = useMacros(slug);
  const [open, setOpen] = useState<string | null>(null);
  const readOnly = !tenant.abilities.includes("settings.edit");
  const macro = query.data?.find((one) => one.key === open);
  if (macro) return <MacroPage key={macro.key} tenant={slug} macro={macro} readOnly={readOnly} onBack={() => setOpen(null)} />;
  const add = () =>
    create.mutate(
      {
        name: { ru: speaker(words, "ru")("new.name"), en: speaker(words, "en")("new.name") },
        actions: [{ kind: "set", field: "priority", value: 2 }],
      },
      { onSuccess: (made) => setOpen(made.key), onError: told("").onError },
    );
  const button = !readOnly && (
    <Button icon={Plus} busy={create.isPending} onClick={add}>
      {t("new")}
    </Button>
  );
  return (
    <Section title={t("title")} lead={t("lead")} action={(query.data?.length ?? 0) > 0 && button}>
      <Loaded of={query}>
        {query.data?.length === 0 ? (
          <EmptyState icon={WandSparkles} title={t("none")} actions={button}>
            {t("none.text")}
          </EmptyState>
        ) : (
          <List tenant={slug} macros={query.data ?? []} readOnly={readOnly} onOpen={setOpen} />
        )}
      </Loaded>
    </Section>
  );
}

interface ListProps {
  tenant: string;
  macros: readonly Macro[];
  readOnly: boolean;
  onOpen: (key: string) => void;
}

function List({ tenant, macros, readOnly, onOpen }: ListProps) {
  const t = useWords(words);
  const language = useLanguage();
  const told = useTold();
  const names = useRouteNames(tenant);
  const clockNames = useNames(tenant);
  const { data: desk } = useQuery(deskQuery(tenant));
  const { order } = useMacros(tenant);
  const statuses = desk?.settings.workflow.statuses ?? [];
  const items = macros.map((one) => {
    const spec = latest(one);
    const name = nameIn(spec.name, language, one.key);
    const when = sentenceOf(spec.when, speaker(clockWords, language), clockNames);
    return {
      key: one.key,
      name,
      content: (
        <SettingLine name={name} onOpen={() => onOpen(one.key)}>
          {spec.actions.map((action) => actionText(action, speaker(triggerWords, language), names, statuses)).join("; ")}
          {when && (
            <>
              {" "}
              <em>{t("where")}</em> {when}
            </>
          )}
        </SettingLine>
      ),
      actions: <Badge>{one.draft ? t("draft") : t("version", { n: one.version })}</Badge>,
    };
  });
  return (
    <SortableList label={t("title")} items={items} onOrder={readOnly ? undefined : (keys) => order.mutate(keys, told(t("ordered")))} />
  );
}
