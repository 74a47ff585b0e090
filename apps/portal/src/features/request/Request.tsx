import type { RequestPage } from "@manydesk/kit/api/portal";
import { isProblem } from "@manydesk/kit/api/problem";
import { cx } from "@manydesk/kit/look/cx";
import { useWords } from "@manydesk/kit/words/useWords";
import { useEffect, useState } from "react";
import { Link } from "wouter";
import { Bones } from "../../parts/Bones.tsx";
import { ErrorCard } from "../../parts/ErrorCard.tsx";
import page from "../../parts/page.module.css";
import { numberOf } from "../../parts/place.ts";
import { can, useRequest } from "../../parts/portal.ts";
import { useTitle } from "../../parts/useTitle.ts";
import { useWhen } from "../../parts/when.ts";
import { About } from "./About.tsx";
import { AlreadyWorks, Confirm } from "./Confirm.tsx";
import { Head } from "./Head.tsx";
import { Promises } from "./Promises.tsx";
import { Rating } from "./Rating.tsx";
import css from "./Request.module.css";
import { Talk } from "./Talk.tsx";
import { Waiting } from "./Waiting.tsx";
import { Write } from "./Write.tsx";
import words from "./words.json";

/** One request, live: where it stands, what is asked of the client, the conversation. */
export default function Request({ reference }: { reference: string }) {
  const t = useWords(words);
  const { full } = useWhen();
  const request = useRequest(numberOf(reference));
  const { data, error } = request;
  useTitle(data ? `${data.ref} ${data.subject}` : reference);
  if (data) {
    return (
      <main id="content" className={css.main} tabIndex={-1}>
        <Head request={data} />
        {error && <p className={cx(page.note, css.old)}>{t("old", { at: full(new Date(request.dataUpdatedAt).toISOString()) })}</p>}
        <Body request={data} />
      </main>
    );
  }
  const gone = numberOf(reference) === 0 || (isProblem(error) && (error.status === 404 || error.status === 403));
  return (
    <main id="content" className={page.main} tabIndex={-1}>
      {gone ? (
        <Gone />
      ) : error ? (
        <ErrorCard error={error} onRetry={() => request.refetch()} busy={request.isFetching} />
      ) : (
        <Bones lines={8} />
      )}
    </main>
  );
}

function Body({ request }: { request: RequestPage }) {
  const t = useWords(words);
  useComeTo(request);
  return (
    <div className={css.inner}>
      <div className={page.two}>
        <div className={page.stack}>
          <Promises promises={request.promises} place="body" />
          {request.waiting && <Waiting waiting={request.waiting} />}
          {can(request, "confirm") && request.state === "resolved" && <Confirm request={request} />}
          {request.rating_form && can(request, "rate") && <Rating request={request} form={request.rating_form} />}
          <section>
            <h2 className={cx(page.h2, css.talkHead)}>{t("talk")}</h2>
            <Talk request={request} />
          </section>
          {can(request, "confirm") && request.state !== "resolved" && <AlreadyWorks request={request} />}
          {can(request, "reply") ? <Write request={request} /> : request.state === "closed" && <Closed />}
        </div>
        <aside className={page.side}>
          <About request={request} />
        </aside>
      </div>
      <Heard request={request} />
    </div>
  );
}

/** Coming by «Ответить» or from a rating's link, the page opens at that place. */
function useComeTo({ ref }: RequestPage): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once a request.
  useEffect(() => {
    const place = location.hash.slice(1);
    if (place === "answer") document.getElementById("message")?.focus();
    else if (place === "rating") document.getElementById("rating")?.scrollIntoView({ block: "start" });
  }, [ref]);
}

/** Says to a screen reader that somebody else has written. */
function Heard({ request }: { request: RequestPage }) {
  const t = useWords(words);
  const last = request.thread.at(-1);
  const [first] = useState(last?.seq ?? 0);
  const fresh = last && last.seq > first && last.kind !== "mine";
  return (
    <p className="vh" role="status">
      {fresh ? (last.event ?? t("newMessage")) : ""}
    </p>
  );
}

function Closed() {
  const t = useWords(words);
  return (
    <div className={css.closed}>
      <p className={page.meta}>{t("closedText")}</p>
      <Link href="/new" className={page.btn}>
        {t("another")}
      </Link>
    </div>
  );
}

function Gone() {
  const t = useWords(words);
  return (
    <div className={cx(page.narrow, page.stack)}>
      <div>
        <h1 className={page.h1}>{t("missing")}</h1>
        <p className={page.lead}>{t("missingText")}</p>
      </div>
      <div>
        <Link href="/requests" className={page.btn}>
          {t("toList")}
        </Link>
      </div>
    </div>
  );
}
