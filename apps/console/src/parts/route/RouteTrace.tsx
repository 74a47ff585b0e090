import type { RoutingWhy } from "@manydesk/kit/api/route";
import { cx } from "@manydesk/kit/look/cx";
import { Avatar } from "@manydesk/kit/ui/Avatar";
import { Icon } from "@manydesk/kit/ui/Icon";
import { useFormats } from "@manydesk/kit/words/format";
import { useWords } from "@manydesk/kit/words/useWords";
import { Check, X } from "lucide-react";
import { Candidates } from "./Candidates.tsx";
import css from "./Route.module.css";
import { stepsOf } from "./steps.ts";
import words from "./words.json";

interface Props {
  why: RoutingWhy;
  /** Rules that did not fit are put together, people who were not chosen are left out. */
  compact?: boolean;
}

/** Why a ticket is where it is: rules with the values seen, those who could have it, and what people changed since. */
export function RouteTrace({ why, compact = false }: Props) {
  const t = useWords(words);
  const f = useFormats();
  return (
    <div className={css.trace}>
      {!compact && (
        <p className={css.from}>
          {[why.version ? t("version", { n: why.version }) : t("unpublished"), why.at && f.moment(why.at)].filter(Boolean).join(" · ")}
        </p>
      )}
      {why.cause && <p>{t(`cause.${why.cause}`)}</p>}
      {why.by_hand && <p>{t("byHand")}</p>}
      {(why.tried.length > 0 || why.rule === null) && (
        <ol className={css.tried} aria-label={t("rules")}>
          {stepsOf(why.tried, compact).map((step) =>
            step.kind === "rule" ? <Rule key={step.rule.key} rule={step.rule} /> : <Missed key={step.rules[0]?.key} rules={step.rules} />,
          )}
          {!why.rule && !why.by_hand && (
            <li className={css.yes}>
              <span className={css.no} />
              <Icon of={Check} />
              <b>{t("default")}</b>
            </li>
          )}
        </ol>
      )}
      <Choice why={why} />
      {!compact && why.candidates.length > 0 && <Candidates why={why} />}
      {!compact && why.changes.length > 0 && <Changes why={why} />}
    </div>
  );
}

type Tried = RoutingWhy["tried"][number];

function Rule({ rule }: { rule: Tried }) {
  const t = useWords(words);
  return (
    <li className={rule.matched ? css.yes : css.missed}>
      <span className={css.no}>{rule.position}</span>
      <Icon of={rule.matched ? Check : X} />
      <div>
        {rule.matched ? <b>{rule.name}</b> : rule.name}
        <span className="vh">: {t(rule.matched ? "fits" : "not")}</span>
        {rule.off && <span className="muted"> — {t("off")}</span>}
        <Sentences rule={rule} />
      </div>
    </li>
  );
}

/** «1–5 ✗ пять правил не подошли»: what they are is one press away. */
function Missed({ rules }: { rules: Tried[] }) {
  const t = useWords(words);
  const from = rules[0]?.position ?? 0;
  const to = rules.at(-1)?.position ?? 0;
  return (
    <li className={css.missed}>
      <span className={css.no}>{t("some", { from, to })}</span>
      <Icon of={X} />
      <details>
        <summary>{t("missed", { n: rules.length })}</summary>
        {rules.map((rule) => (
          <div key={rule.key}>
            {rule.position}. {rule.name}
            {rule.off && ` — ${t("off")}`}
            <Sentences rule={rule} />
          </div>
        ))}
      </details>
    </li>
  );
}

function Sentences({ rule }: { rule: Tried }) {
  const t = useWords(words);
  if (rule.off) return null;
  if (rule.sentences.length === 0) return rule.matched ? <p className="muted">{t("always")}</p> : null;
  return (
    <ul className={css.sentences}>
      {rule.sentences.map((sentence) => (
        <li key={sentence.text} className={cx(sentence.matched && css.good, sentence.seen === false && css.unseen)}>
          {sentence.seen !== false && <Icon of={sentence.matched ? Check : X} size={12} />}
          <span>
            {sentence.text}
            {sentence.actual !== null && sentence.actual !== "" && ` (${t("actual", { value: sentence.actual })})`}
            {sentence.seen !== false && <span className="vh">: {t(sentence.matched ? "fits" : "not")}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** «Микроклимат-2, Олег Карпов»: 4 заявки, навык, на смене до 18:00. */
function Choice({ why }: { why: RoutingWhy }) {
  const t = useWords(words);
  const f = useFormats();
  const { group, person, vendor, line, priority, process, tags } = why.to;
  const chosen = why.candidates.find((one) => one.chosen);
  const about = [
    vendor && t("vendor", { name: vendor.name }),
    line && t("line", { n: line }),
    priority && t("priority", { n: priority }),
    process && t("process", { name: process.name }),
    tags.length > 0 && t("tags", { tags: tags.join(", ") }),
    chosen && t("tickets", { n: chosen.tickets }),
    chosen?.skill ? t("level", { n: chosen.skill }) : null,
    chosen && (chosen.until ? t("onShiftUntil", { at: f.recent(chosen.until) }) : chosen.on_shift ? t("onShift") : null),
  ].filter(Boolean);
  return (
    <section className={css.choice} aria-label={t("choice")}>
      <Avatar person={person} size={28} mute />
      <div>
        <b>
          {group?.name ?? t("noGroup")}, {person?.name ?? t("nobody")}
        </b>
        {about.length > 0 && <p>{about.join(", ")}</p>}
        {why.strategy && <p>{t("how", { how: t(`strategy.${why.strategy}`) })}</p>}
      </div>
    </section>
  );
}

function Changes({ why }: { why: RoutingWhy }) {
  const t = useWords(words);
  const f = useFormats();
  const fields = ["group", "assignee", "line", "vendor", "priority"] as const;
  const what = (field: string) => {
    const known = fields.find((one) => one === field);
    return known ? t(`change.${known}`) : field;
  };
  return (
    <section>
      <h3>{t("changes")}</h3>
      <ul className={css.changes}>
        {why.changes.map((change) => (
          <li key={`${change.at}${change.field}`}>
            <time dateTime={change.at}>{f.moment(change.at)}</time>
            <span>
              {t("change.of", {
                who: change.by.name,
                what: what(change.field),
                from: change.from ?? t("change.none"),
                to: change.to ?? t("change.none"),
              })}
            </span>
            <p>{change.reason || t("change.noReason")}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
