import * as Ariakit from "@ariakit/react";
import type { ReactNode } from "react";
import css from "./Tabs.module.css";

export interface TabsProps<V extends string> {
  label: string;
  tabs: readonly { id: V; label: string; count?: number }[];
  selected: V;
  onSelect: (id: V) => void;
  /** The panel of the selected tab. */
  children: ReactNode;
}

/** Views of one thing. Arrows move and open. */
export function Tabs<V extends string>({ label, tabs, selected, onSelect, children }: TabsProps<V>) {
  return (
    <Ariakit.TabProvider selectedId={selected} setSelectedId={(id) => id && onSelect(id as V)}>
      <Ariakit.TabList aria-label={label} className={css.list}>
        {tabs.map((tab) => (
          <Ariakit.Tab key={tab.id} id={tab.id} className={css.tab}>
            {tab.label}
            {tab.count !== undefined && <span className={css.count}>{tab.count}</span>}
          </Ariakit.Tab>
        ))}
      </Ariakit.TabList>
      <Ariakit.TabPanel tabId={selected} className={css.panel}>
        {children}
      </Ariakit.TabPanel>
    </Ariakit.TabProvider>
  );
}
