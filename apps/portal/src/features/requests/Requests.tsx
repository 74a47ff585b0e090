import { isProblem } from "@manydesk/kit/api/problem";
import { cx } from "@manydesk/kit/look/cx";
import { Icon } from "@manydesk/kit/ui/Icon";
import { useWords } from "@manydesk/kit/words/useWords";
import { Plus } from "lucide-react";
import { Link, useLocation, useSearch } from "wouter";
import { Bones } from "../../parts/Bones.tsx";
import { ErrorCard } from "../../parts/ErrorCard.tsx";
import page from "../../parts/page.module.css";
import { type State, useHome, useMe, useRequests } from "../../parts/portal.ts";
import { RequestRows } from "../../parts/RequestRows.tsx";
import { useTitle } from "../../parts/useTitle.ts";
import { useWhen } from "../../parts/when.ts";
import css from "./Requests.module.css";
import words from "./words.json";

const states = ["in_work", "resolved", "all"] as const;

/** All requests of the client, or of the client's company, by where they stand. */
export default function Requests({ whose, allowed = true }: { whose: "mine" | "company"; allowed?: boolean }) {
  const t = useWords(words);
  const title = whose === "mine" ? t("mine") : t("company");
  const [path, go] = useLocation();
  const asked = new URLSearchParams(useSearch()).get("state");
  const state = states.find((one) => one === asked) ?? (whose === "mine" ? "all" : "in_work");
  const company = useMe().company;
  useTitle(title);
  return (
    <main id="content" className={page.main} tabIndex={-1}>
      <div className={cx(page.stack, css.list)}>
        <div className={css.head}>
          <div>
            <h1 className={page.h1}>{title}</h1>
            {whose === "company" && company && allowed && <p className={page.lead}>{company}</p>}
          </div>
          {whose === "mine" && (
            <Link href="/new" className={cx(page.btn, page.cta, css.create)}>
              <Icon of={Plus} size={24} />
              {t("create")}
            </Link>
          )}
        </div>
        {allowed ? <List whose={whose} state={state} onState={(one) => go(`${path}?state=${one}`, { replace: true })} /> : <Denied />}
      </div>
    </main>
  );
}

function List({ whose, state, onState }: { whose: "mine" | "company"; state: State; onState: (state: State) => void }) {
  const t = useWords(words);
  const { full } = useWhen();
  const list = useRequests(whose, state);
  const counts = useHome().data?.counts;
  const rows = list.data?.pages.flatMap((one) => one.items) ?? [];
  if (isProblem(list.error) && list.error.status === 403) return <Denied />;
  return (
    <>
      <fieldset className={page.chips}>
        <legend className="vh">{t("states")}</legend>
        {states.map((one) => (
          <button key={one} type="button" className={page.chip} aria-pressed={one === state} onClick={() => onState(one)}>
            {t(one)}
            {whose === "mine" && counts && <i>{counts[one]}</i>}
          </button>
        ))}
      </fieldset>
      {list.error && list.data && <p className={page.note}>{t("old", { at: full(new Date(list.dataUpdatedAt).toISOString()) })}</p>}
      {list.error && !list.data && <ErrorCard error={list.error} onRetry={() => list.refetch()} busy={list.isFetching} />}
      {!list.data && !list.error && <Bones lines={8} />}
      {list.data && rows.length === 0 && <Nothing whose={whose} state={state} />}
      {rows.length > 0 && (
        <div aria-busy={list.isPlaceholderData || undefined}>
          <RequestRows rows={rows} />
        </div>
      )}
      {list.hasNextPage && (
        <button
          type="button"
          className={cx(page.btn, css.more)}
          aria-busy={list.isFetchingNextPage || undefined}
          onClick={() => list.isFetchingNextPage || list.fetchNextPage()}
        >
          {t("more")}
        </button>
      )}
    </>
  );
}

function Nothing({ whose, state }: { whose: "mine" | "company"; state: State }) {
  const t = useWords(words);
  const all = state === "all";
  const mine = whose === "mine";
  const title = all ? (mine ? t("noneMine") : t("noneCompany")) : state === "in_work" ? t("noneInWork") : t("noneResolved");
  return (
    <div className={cx(page.card, page.blank)}>
      <h2 className={page.h2}>{title}</h2>
      {all && <p>{mine ? t("noneMineText") : t("noneCompanyText")}</p>}
    </div>
  );
}

function Denied() {
  const t = useWords(words);
  return (
    <div className={cx(page.card, page.blank)}>
      <h2 className={page.h2}>{t("denied")}</h2>
      <p>{t("deniedText")}</p>
      <Link href="/requests" className={page.txt}>
        {t("toMine")}
      </Link>
    </div>
  );
}
