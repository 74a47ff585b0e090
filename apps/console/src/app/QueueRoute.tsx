import { Sheet } from "@manydesk/kit/ui/Dialog";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { QueuePage } from "../features/queue/QueuePage.tsx";
import { countsQuery } from "../features/queue/queries.ts";
import { Sidebar } from "../features/shell/Sidebar.tsx";
import { TopBar } from "../features/shell/TopBar.tsx";
import { Peek } from "../features/ticket/Peek.tsx";
import words from "./words.json";

export function QueueRoute() {
  const t = useWords(words);
  const search = useSearch({ from: "/desk/q" });
  const { data: counts } = useQuery(countsQuery);
  const [menu, setMenu] = useState(false);
  return (
    <>
      <QueuePage
        search={search}
        top={<TopBar search={search} onMenu={() => setMenu(true)} />}
        side={<Sidebar search={search} counts={counts} />}
        peek={(row, open) => <Peek key={row.ref} row={row} onOpen={open} />}
      />
      <Sheet open={menu} onClose={() => setMenu(false)} title={t("menu")}>
        <div onClickCapture={(event) => (event.target as Element).closest("a") && setMenu(false)}>
          <Sidebar search={search} counts={counts} />
        </div>
      </Sheet>
    </>
  );
}
