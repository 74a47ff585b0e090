import type { MyTenant } from "@manydesk/kit/api/agent";
import { Badge } from "@manydesk/kit/ui/Badge";
import { Button } from "@manydesk/kit/ui/Button";
import { EmptyState } from "@manydesk/kit/ui/EmptyState";
import { useLanguage } from "@manydesk/kit/words/language";
import { speaker, useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { ListTree, Plus } from "lucide-react";
import { useState } from "react";
import { nameIn } from "../../../parts/nameIn.ts";
import { SettingLine } from "../drafting/SettingLine.tsx";
import { latest } from "../drafting/setting.ts";
import { Loaded, Section } from "../Section.tsx";
import { SortableList } from "../sla/SortableList.tsx";
import { useTold } from "../useTold.ts";
import { processesQuery, useProcesses } from "./calls.ts";
import { freshKey } from "./edit.ts";
import { ProcessPage } from "./ProcessPage.tsx";
import words from "./words.json";

/** Templates of work in stages: each with its people, its time and its tasks. */
export function Processes({ tenant }: { tenant: MyTenant }) {
  const t = useWords(words);
  const language = useLanguage();
  const told = useTold();
  const { slug } = tenant;
  const query = useQuery(processesQuery(slug));
  const { create, order } = useProcesses(slug);
  const [open, setOpen] = useState<string | null>(null);
  const readOnly = !tenant.abilities.includes("settings.edit");
  const process = query.data?.find((one) => one.key === open);
  if (process) return <ProcessPage key={process.key} tenant={slug} process={process} readOnly={readOnly} onBack={() => setOpen(null)} />;
  const both = (key: "new.name" | "stage.new") => ({ ru: speaker(words, "ru")(key), en: speaker(words, "en")(key) });
  const add = () =>
    create.mutate(
      { name: both("new.name"), stages: [{ key: freshKey(), name: both("stage.new") }] },
      { onSuccess: (made) => setOpen(made.key), onError: told("").onError },
    );
  const button = !readOnly && (
    <Button icon={Plus} busy={create.isPending} onClick={add}>
      {t("new")}
    </Button>
  );
  const items = (query.data ?? []).map((one) => {
    const spec = latest(one);
    const name = nameIn(spec.name, language, one.key);
    return {
      key: one.key,
      name,
      content: (
        <SettingLine name={name} onOpen={() => setOpen(one.key)}>
          {spec.stages
            .map((stage, at) => `${at === 0 ? "" : stage.beside ? " + " : " → "}${nameIn(stage.name, language, stage.key)}`)
            .join("")}
        </SettingLine>
      ),
      actions: <Badge>{one.draft ? t("draft") : t("version", { n: one.version })}</Badge>,
    };
  });
  return (
    <Section title={t("title")} lead={t("lead")} action={items.length > 0 && button}>
      <Loaded of={query}>
        {items.length === 0 ? (
          <EmptyState icon={ListTree} title={t("none")} actions={button}>
            {t("none.text")}
          </EmptyState>
        ) : (
          <SortableList
            label={t("title")}
            items={items}
            onOrder={readOnly ? undefined : (keys) => order.mutate(keys, told(t("ordered")))}
          />
        )}
      </Loaded>
    </Section>
  );
}
