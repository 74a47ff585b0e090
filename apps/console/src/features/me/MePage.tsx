import { Tabs } from "@manydesk/kit/ui/Tabs";
import { useWords } from "@manydesk/kit/words/useWords";
import { useState } from "react";
import { useTitle } from "../../parts/useTitle.ts";
import { ApiKeys } from "./ApiKeys.tsx";
import { KeyMap } from "./KeyMap.tsx";
import css from "./Me.module.css";
import { Personal } from "./Personal.tsx";
import { Security } from "./Security.tsx";
import words from "./words.json";

const tabs = ["person", "keys", "security", "api"] as const;
const panels = { person: Personal, keys: KeyMap, security: Security, api: ApiKeys };

/** Everything about the person who is signed in. */
export function MePage() {
  const t = useWords(words);
  const [tab, setTab] = useState<(typeof tabs)[number]>("person");
  const Panel = panels[tab];
  useTitle(t("title"));
  return (
    <main className={css.page}>
      <header className={css.head}>
        <h1>{t("title")}</h1>
      </header>
      <div className={css.body}>
        <Tabs label={t("title")} tabs={tabs.map((id) => ({ id, label: t(`tab.${id}`) }))} selected={tab} onSelect={setTab}>
          <div className={css.panel}>
            <Panel />
          </div>
        </Tabs>
      </div>
    </main>
  );
}
