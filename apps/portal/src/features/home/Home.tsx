import type { Home as HomeData } from "@manydesk/kit/api/portal";
import { cx } from "@manydesk/kit/look/cx";
import { Icon } from "@manydesk/kit/ui/Icon";
import { useWords } from "@manydesk/kit/words/useWords";
import { Building2, ChevronRight, Plus } from "lucide-react";
import { Link } from "wouter";
import { Bones } from "../../parts/Bones.tsx";
import { ErrorCard } from "../../parts/ErrorCard.tsx";
import page from "../../parts/page.module.css";
import { useHome, useMe } from "../../parts/portal.ts";
import { daytime, firstName } from "../../parts/sentence.ts";
import { useTitle } from "../../parts/useTitle.ts";
import { useWhen } from "../../parts/when.ts";
import css from "./Home.module.css";
import { Mine } from "./Mine.tsx";
import { RateNow } from "./RateNow.tsx";
import { WaitingForYou } from "./WaitingForYou.tsx";
import words from "./words.json";

/** The greeting, one button, what waits for the client, their requests. */
export default function Home() {
  const t = useWords(words);
  const home = useHome();
  useTitle(t("title"));
  const { data } = home;
  const aside = data && data.company_open !== null;
  return (
    <main id="content" className={page.main} tabIndex={-1}>
      <div className={cx(aside ? page.two : css.alone)}>
        <div className={cx(page.stack, page.loose)}>
          <Top home={data} at={home.error ? home.dataUpdatedAt : 0} />
          {!data && home.error && <ErrorCard error={home.error} onRetry={() => home.refetch()} busy={home.isFetching} />}
          {!data && !home.error && <Bones />}
          {data?.waiting.map((row) => (
            <WaitingForYou key={row.ref} row={row} />
          ))}
          {data && data.counts.all > 0 && <Mine home={data} />}
          {data?.to_rate.slice(0, 1).map((row) => (
            <RateNow key={row.ref} row={row} />
          ))}
        </div>
        {aside && (
          <aside className={page.side}>
            <Link href="/company" className={cx(page.card, page.link)}>
              <Icon of={Building2} size={24} />
              <span>
                {t("company")}
                <small>{t("companyOpen", { n: data.company_open ?? 0 })}</small>
              </span>
              <Icon of={ChevronRight} size={24} />
            </Link>
          </aside>
        )}
      </div>
    </main>
  );
}

function Top({ home, at }: { home: HomeData | undefined; at: number }) {
  const t = useWords(words);
  const { full } = useWhen();
  const name = firstName(useMe().name);
  const hello = t(daytime(new Date().getHours()));
  const empty = home && home.counts.all === 0;
  return (
    <section className={css.top}>
      <div>
        <h1 className={page.h1}>{name ? t("named", { hello, name }) : hello}</h1>
        {home?.greeting && <p className={page.lead}>{home.greeting}</p>}
        {home && <OpenNow home={home} />}
        {empty && <p className={page.lead}>{t("empty")}</p>}
      </div>
      <Link href="/new" className={cx(page.btn, page.cta, css.cta)}>
        <Icon of={Plus} size={24} />
        {t("create")}
      </Link>
      {home && at > 0 && (
        <p className={page.note} role="status">
          {t("old", { at: full(new Date(at).toISOString()) })}
        </p>
      )}
    </section>
  );
}

/** «Поддержка на связи до 18:00», by the desk's calendar; else by what the tenant wrote of its hours. */
function OpenNow({ home: { desk, support } }: { home: HomeData }) {
  const t = useWords(words);
  const { full, parts } = useWhen();
  if (desk) {
    const until = desk.changes_at && parts(desk.changes_at);
    const text = desk.open_now
      ? until
        ? t("open.until", until)
        : t("open.always")
      : desk.changes_at
        ? t("shut.until", { at: full(desk.changes_at) })
        : t("shut.always");
    return (
      <p className={cx(page.live, !desk.open_now && page.shut)}>
        <span>{text}</span>
      </p>
    );
  }
  if (support.open === null || !support.text) return null;
  return (
    <p className={cx(page.live, !support.open && page.shut)}>
      <span>{support.text}</span>
    </p>
  );
}
