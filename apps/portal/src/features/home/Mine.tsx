import type { Home, RequestRow } from "@manydesk/kit/api/portal";
import { cx } from "@manydesk/kit/look/cx";
import { useWords } from "@manydesk/kit/words/useWords";
import { useState } from "react";
import { Link } from "wouter";
import page from "../../parts/page.module.css";
import { type State, useRequests } from "../../parts/portal.ts";
import { RequestRows } from "../../parts/RequestRows.tsx";
import css from "./Home.module.css";
import words from "./words.json";

const states = ["in_work", "resolved", "all"] as const;
const shown = 5;

/** The client's requests by where they stand; those that wait for the client stand above already. */
export function Mine({ home }: { home: Home }) {
  const t = useWords(words);
  const { counts } = home;
  const [state, setState] = useState<State>(counts.in_work > 0 ? "in_work" : "all");
  const list = useRequests("mine", state);
  const rows = pick(list.isPlaceholderData ? undefined : list.data?.pages[0]?.items, home.requests, state);
  const onlyWaiting = rows.length === 0 && state === "in_work" && home.waiting.length > 0;
  return (
    <section>
      <div className={page.head}>
        <h2 className={page.h2}>{t("mine")}</h2>
        <Link href="/requests" className={cx(page.txt, css.all)}>
          {t("seeAll")}
        </Link>
      </div>
      <fieldset className={cx(page.chips, css.chips)}>
        <legend className="vh">{t("states")}</legend>
        {states.map((one) => (
          <button key={one} type="button" className={page.chip} aria-pressed={one === state} onClick={() => setState(one)}>
            {t(one)} <i>{counts[one]}</i>
          </button>
        ))}
      </fieldset>
      {rows.length > 0 ? <RequestRows rows={rows} /> : <p className={page.meta}>{onlyWaiting ? t("allWait") : t("noneHere")}</p>}
    </section>
  );
}

const ended = new Set(["resolved", "closed"]);

/** The newest rows of a state: of the list, or of what the first page brought until the list is there. */
export function pick(list: readonly RequestRow[] | undefined, first: readonly RequestRow[], state: State): RequestRow[] {
  const rows = list ?? first.filter((row) => state === "all" || ended.has(row.state) === (state === "resolved"));
  return rows.filter((row) => row.state !== "waiting").slice(0, shown);
}
