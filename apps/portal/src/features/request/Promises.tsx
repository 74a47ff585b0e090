import type { RequestPage, RequestPromise } from "@manydesk/kit/api/portal";
import { useNow } from "@manydesk/kit/clock/useNow";
import { cx } from "@manydesk/kit/look/cx";
import { Icon } from "@manydesk/kit/ui/Icon";
import { type Say, useWords } from "@manydesk/kit/words/useWords";
import { Check, Clock, Hourglass } from "lucide-react";
import page from "../../parts/page.module.css";
import { useSpan } from "../../parts/span.ts";
import { useWhen } from "../../parts/when.ts";
import css from "./Request.module.css";
import words from "./words.json";

/** What was promised: kept with a tick and by how much, open with until when and how long. */
export function Promises({ promises, place }: { promises: readonly RequestPromise[]; place: "head" | "body" }) {
  const t = useWords(words);
  if (promises.length === 0) return null;
  return (
    <ul className={cx(css.promises, place === "head" ? css.wide : cx(css.narrow, page.card, page.pad))} aria-label={t("promises")}>
      {promises.map((promise) => (
        <One key={promise.kind} promise={promise} />
      ))}
    </ul>
  );
}

function One({ promise }: { promise: RequestPromise }) {
  const t = useWords(words);
  const span = useSpan();
  const { parts } = useWhen();
  const now = useNow(30);
  const { kind, due_at, met_at, kept, by_seconds } = promise;
  const said = saidOf(promise, now, t, parts);
  const rest = met_at
    ? by_seconds !== null && Math.abs(by_seconds) >= 60 && t(kept ? "promise.earlier" : "promise.later", { time: span(by_seconds) })
    : due_at
      ? t(Date.parse(due_at) < now.getTime() ? "promise.overdue" : "promise.in", {
          time: span((Date.parse(due_at) - now.getTime()) / 1000),
        })
      : t("promise.waits");
  return (
    <li className={cx(Boolean(met_at) && kept !== false && css.kept)} data-promise={kind}>
      <Icon of={met_at ? Check : due_at ? Clock : Hourglass} size={20} />
      <span>
        <b>{said}</b>
        {rest && <small>{rest}</small>}
      </span>
    </li>
  );
}

function saidOf(
  { kind, due_at, met_at }: RequestPromise,
  now: Date,
  t: Say<typeof words>,
  parts: (at: string) => { day: string; time: string },
): string {
  const what = kind === "first_response" ? "reply" : kind === "arrival" ? "visit" : "fix";
  if (met_at) return t(`promise.${what}.done`, parts(met_at));
  if (!due_at) return t(`promise.${what}.later`);
  if (Date.parse(due_at) < now.getTime()) return t(`promise.${what}.was`, parts(due_at));
  return t(`promise.${what}`, parts(due_at));
}

/** How the time went, in the client's words: we worked, we were closed, we waited for you. */
export function HowTimeWent({ request }: { request: RequestPage }) {
  const t = useWords(words);
  const span = useSpan();
  const { near } = useWhen();
  const promise = request.promises.find((one) => one.kind === "resolution") ?? request.promises[0];
  const segments = promise?.segments ?? [];
  if (segments.length < 2) return null;
  return (
    <details className={css.how}>
      <summary>{t("how")}</summary>
      <ul>
        {segments.map((segment) => (
          <li key={segment.from}>
            <span className="num">
              {near(segment.from)} – {near(segment.to)}
            </span>
            <span>
              {t(`how.${segment.kind}`)}, {span((Date.parse(segment.to) - Date.parse(segment.from)) / 1000)}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
