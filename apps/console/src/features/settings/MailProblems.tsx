import type { MailMessage, MyTenant } from "@manydesk/kit/api/agent";
import { Button } from "@manydesk/kit/ui/Button";
import { EmptyState } from "@manydesk/kit/ui/EmptyState";
import { Tabs } from "@manydesk/kit/ui/Tabs";
import { useFormats } from "@manydesk/kit/words/format";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { MailCheck, RotateCw } from "lucide-react";
import { useState } from "react";
import { useRetryMessage } from "./mutations.ts";
import { messagesQuery } from "./queries.ts";
import { Loaded, Section } from "./Section.tsx";
import css from "./Settings.module.css";
import { useTold } from "./useTold.ts";
import words from "./words.json";

type State = "failed" | "quarantined";

export function MailProblems({ tenant }: { tenant: MyTenant }) {
  const t = useWords(words);
  const told = useTold();
  const [state, setState] = useState<State>("failed");
  const messages = useQuery(messagesQuery(tenant.slug, state));
  const retry = useRetryMessage(tenant.slug);
  const all = messages.data?.items ?? [];
  return (
    <Section title={t("section.mail")} lead={t("mail.lead")}>
      <Tabs
        label={t("section.mail")}
        selected={state}
        onSelect={setState}
        tabs={[
          { id: "failed", label: t("mail.failed") },
          { id: "quarantined", label: t("mail.quarantined") },
        ]}
      >
        <div className={css.list} style={{ paddingTop: 16 }}>
          <Loaded of={messages}>
            {all.length === 0 && (
              <EmptyState icon={MailCheck} title={t("mail.empty")}>
                {t(`mail.empty.${state}`)}
              </EmptyState>
            )}
            {all.map((message) => (
              <Message
                key={message.id}
                tenant={tenant.slug}
                message={message}
                onRetry={() => retry.mutate(message, told(t("mail.retried")))}
              />
            ))}
          </Loaded>
        </div>
      </Tabs>
    </Section>
  );
}

function Message({ tenant, message, onRetry }: { tenant: string; message: MailMessage; onRetry: () => void }) {
  const t = useWords(words);
  const f = useFormats();
  const to = Array.isArray(message.to) ? message.to.join(", ") : String(message.to);
  return (
    <article className={css.item}>
      <div>
        <b>{message.subject}</b>
        <p>
          {t("mail.fromTo", { from: message.from, to })} · {f.recent(message.at)} · {t("mail.tries", { n: message.tries })}
        </p>
        {message.reason && <p>{message.reason}</p>}
        {message.ticket && (
          <Link to="/t/$tenant/tickets/$ref" params={{ tenant, ref: message.ticket }} className="mono">
            {message.ticket}
          </Link>
        )}
      </div>
      <div className={css.buttons}>
        <a href={`/v1/tenants/${encodeURIComponent(tenant)}/messages/${encodeURIComponent(message.id)}/original`} download>
          {t("mail.original")}
        </a>
        {message.abilities.length > 0 && (
          <Button icon={RotateCw} onClick={onRetry}>
            {message.direction === "in" ? t("mail.take") : t("mail.retry")}
          </Button>
        )}
      </div>
    </article>
  );
}
