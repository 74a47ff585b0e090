import type { MyTenant } from "@manydesk/kit/api/agent";
import { Tabs } from "@manydesk/kit/ui/Tabs";
import { useWords } from "@manydesk/kit/words/useWords";
import { useState } from "react";
import { Section } from "../Section.tsx";
import { Groups } from "./Groups.tsx";
import { LoadView } from "./LoadView.tsx";
import { ShiftsView } from "./ShiftsView.tsx";
import { Skills } from "./Skills.tsx";
import { Vendors } from "./Vendors.tsx";
import words from "./words.json";

const views = { load: LoadView, groups: Groups, skills: Skills, shifts: ShiftsView, vendors: Vendors };
type View = keyof typeof views;

/** Who takes what, when they work and how much they have. */
export function Team({ tenant }: { tenant: MyTenant }) {
  const t = useWords(words);
  const [view, setView] = useState<View>("load");
  const Shown = views[view];
  return (
    <Section title={t("title")} lead={t("lead")}>
      <Tabs
        label={t("title")}
        tabs={(Object.keys(views) as View[]).map((id) => ({ id, label: t(`tab.${id}`) }))}
        selected={view}
        onSelect={setView}
      >
        <Shown tenant={tenant} />
      </Tabs>
    </Section>
  );
}
