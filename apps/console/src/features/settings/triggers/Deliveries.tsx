import { Badge } from "@manydesk/kit/ui/Badge";
import { Button } from "@manydesk/kit/ui/Button";
import { EmptyState } from "@manydesk/kit/ui/EmptyState";
import { LoadMore } from "@manydesk/kit/ui/LoadMore";
import { useFormats } from "@manydesk/kit/words/format";
import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Webhook } from "lucide-react";
import { nameIn } from "../../../parts/nameIn.ts";
import { latest } from "../drafting/setting.ts";
import { Frame, Loaded } from "../Section.tsx";
import settingsCss from "../Settings.module.css";
import { useTold } from "../useTold.ts";
import { deliveriesQuery, type Trigger, useRetryDelivery } from "./calls.ts";
import { reasonText } from "./say.ts";
import type { Delivery } from "./spec.ts";
import css from "./Triggers.module.css";
import words from "./words.json";

/** Calls of the tenant's systems: what was answered, how often it was tried, and the way to try again. */
export function Deliveries({ tenant, triggers }: { tenant: string; triggers: readonly Trigger[] }) {
  const t = useWords(words);
  const query = useInfiniteQuery(deliveriesQuery(tenant));
  const all = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className={css.calls}>
      <p className="muted s13">{t("calls.lead")}</p>
      <Loaded of={query}>
        {all.length === 0 ? (
          <EmptyState icon={Webhook} title={t("calls.none")}>
            {t("calls.none.text")}
          </EmptyState>
        ) : (
          <Frame label={t("tab.deliveries")}>
            <table className={settingsCss.table}>
              <thead>
                <tr>
                  <th scope="col">{t("call.at")}</th>
                  <th scope="col">{t("call.address")}</th>
                  <th scope="col">{t("call.from")}</th>
                  <th scope="col">{t("call.ticket")}</th>
                  <th scope="col">{t("call.state")}</th>
                  <th scope="col">
                    <span className="vh">{t("call.act")}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {all.map((one) => (
                  <Line key={one.id} tenant={tenant} call={one} trigger={triggers.find((trigger) => trigger.key === one.hook)} />
                ))}
              </tbody>
            </table>
          </Frame>
        )}
        <LoadMore more={query.hasNextPage} busy={query.isFetchingNextPage} onMore={() => void query.fetchNextPage()} />
      </Loaded>
    </div>
  );
}

const tones = { queued: "grey", sent: "ok", failed: "danger" } as const;

function Line({ tenant, call, trigger }: { tenant: string; call: Delivery; trigger: Trigger | undefined }) {
  const t = useWords(words);
  const f = useFormats();
  const language = useLanguage();
  const told = useTold();
  const { mutate, isPending } = useRetryDelivery(tenant);
  const from = call.kind === "trigger" && trigger ? nameIn(latest(trigger).name, language, call.hook) : call.hook;
  // Without an answer the reason stands here too, and is said below.
  const answer = call.status === call.error ? null : call.status;
  return (
    <tr>
      <td className={css.nowrap}>
        <time dateTime={call.changed_at}>{f.moment(call.changed_at)}</time>
      </td>
      <td className={css.url}>
        {call.url}
        {call.body && (
          <details>
            <summary>{t("call.body")}</summary>
            <pre>{call.body}</pre>
          </details>
        )}
      </td>
      <td>
        {from} <span className="muted">{t(`call.${call.kind}`)}</span>
      </td>
      <td className={css.nowrap}>
        {call.ref && (
          <Link to="/t/$tenant/tickets/$ref" params={{ tenant, ref: call.ref }} className={css.ref}>
            {call.ref}
          </Link>
        )}
      </td>
      <td>
        <Badge tone={tones[call.state]}>{t(`call.${call.state}`)}</Badge>{" "}
        <span className="muted">{[answer, call.tries > 0 && t("call.tries", { n: call.tries })].filter(Boolean).join(" · ")}</span>
        {call.error && <p className={css.wrong}>{reasonText(call.error, t)}</p>}
      </td>
      <td>
        {call.abilities.includes("retry") && (
          <Button
            size="xs"
            busy={isPending}
            aria-label={t("call.retry.of", { url: call.url })}
            onClick={() => mutate(call.id, told(t("call.retried")))}
          >
            {t("call.retry")}
          </Button>
        )}
      </td>
    </tr>
  );
}
