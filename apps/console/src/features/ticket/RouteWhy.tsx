import type { Ticket } from "@manydesk/kit/api/agent";
import { isProblem } from "@manydesk/kit/api/problem";
import { toast } from "@manydesk/kit/look/toast";
import { Button } from "@manydesk/kit/ui/Button";
import { Dialog } from "@manydesk/kit/ui/Dialog";
import { Field } from "@manydesk/kit/ui/Field";
import { Input } from "@manydesk/kit/ui/Input";
import { Skeleton } from "@manydesk/kit/ui/Skeleton";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { Waypoints } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { Refusal } from "../../parts/Refusal.tsx";
import { RouteTrace } from "../../parts/route/RouteTrace.tsx";
import { useReroute } from "./mutations.ts";
import { routeWhyQuery } from "./queries.ts";
import css from "./Why.module.css";
import words from "./words.json";

/** «Почему здесь»: which rule sent the ticket here, who could have it, who moved it since. */
export function RouteWhy({ ticket, open }: { ticket: Ticket; open: boolean }) {
  const t = useWords(words);
  const { data, error, refetch, isFetching } = useQuery({ ...routeWhyQuery(ticket), enabled: open });
  const [asking, setAsking] = useState(false);
  const may = ticket.abilities.includes("assign") && ticket.status.category !== "closed";
  return (
    <section className={css.half} aria-label={t("why.here")}>
      <h3>
        <span>{t("why.here")}</span>
        {may && (
          <Button size="xs" kind="ghost" icon={Waypoints} onClick={() => setAsking(true)}>
            {t("route.again")}
          </Button>
        )}
      </h3>
      {data ? (
        <RouteTrace why={data} />
      ) : isProblem(error, "not_found") ? (
        <p className="muted s13">{t("why.here.none")}</p>
      ) : error ? (
        <Refusal error={error} onRetry={() => refetch()} busy={isFetching} />
      ) : (
        <Skeleton lines={5} />
      )}
      {asking && <Again ticket={ticket} onClose={() => setAsking(false)} />}
    </section>
  );
}

function Again({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const t = useWords(words);
  const id = useId();
  const [reason, setReason] = useState("");
  const { mutate, isPending, error } = useReroute(ticket);
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    mutate(reason.trim(), {
      onSuccess: () => {
        toast({ text: t("route.done", { ref: ticket.ref }) });
        onClose();
      },
    });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("route.again")}
      actions={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="primary" type="submit" form={id} busy={isPending}>
            {t("route.again")}
          </Button>
        </>
      }
    >
      <form id={id} className={css.form} onSubmit={submit} noValidate>
        <p>{t("route.again.text")}</p>
        <Field label={t("assign.reason")}>
          <Input value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
        </Field>
        {error ? <Refusal error={error} onRetry={() => submit()} busy={isPending} /> : null}
      </form>
    </Dialog>
  );
}
