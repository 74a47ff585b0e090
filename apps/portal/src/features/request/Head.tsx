import type { RequestPage } from "@manydesk/kit/api/portal";
import { cx } from "@manydesk/kit/look/cx";
import { Icon } from "@manydesk/kit/ui/Icon";
import { useWords } from "@manydesk/kit/words/useWords";
import { Check, ChevronLeft } from "lucide-react";
import { Link } from "wouter";
import page from "../../parts/page.module.css";
import { useWhen } from "../../parts/when.ts";
import { Promises } from "./Promises.tsx";
import css from "./Request.module.css";
import words from "./words.json";

/** The white head: number, subject, where it stands in a sentence and in five steps. */
export function Head({ request }: { request: RequestPage }) {
  const t = useWords(words);
  const { full } = useWhen();
  const waits = request.state === "waiting";
  const until = request.waiting?.until;
  const done = request.state === "resolved" || request.state === "closed";
  return (
    <div className={css.head}>
      <div>
        <Link href="/requests" className={cx(page.txt, css.back)}>
          <Icon of={ChevronLeft} size={20} />
          {t("mine")}
        </Link>
        <p className={css.id}>
          <span className="num">{request.ref}</span>
          <span aria-hidden="true">·</span>
          <span>{t("filed", { at: full(request.created_at) })}</span>
        </p>
        <h1 className={css.subject}>{request.subject}</h1>
        <p className={cx(css.now, waits && css.warn, done && css.ok)}>
          {waits && until ? t("waitUntil", { at: full(until) }) : request.sentence}
        </p>
        <div className={css.way}>
          <Steps request={request} />
          <Promises promises={request.promises} place="head" />
        </div>
      </div>
    </div>
  );
}

function Steps({ request: { steps, step, state } }: { request: RequestPage }) {
  const t = useWords(words);
  const { short } = useWhen();
  return (
    <ol className={css.steps} aria-label={t("steps")}>
      {steps.map((one, index) => {
        const place = index + 1;
        const done = place < step || (place === step && state === "closed");
        const now = place === step && !done;
        const held = now && state === "waiting";
        return (
          <li key={one.key} className={cx(done && css.done, now && css.current, held && css.held)} aria-current={now ? "step" : undefined}>
            <span className={css.disc}>{done && <Icon of={Check} size={16} />}</span>
            <span>{one.name}</span>
            <span className={css.at}>{held ? t("paused") : one.at && place <= step ? short(one.at) : "\u00a0"}</span>
            {done && <span className="vh">{t("stepDone")}</span>}
          </li>
        );
      })}
    </ol>
  );
}
