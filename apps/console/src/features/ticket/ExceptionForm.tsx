import type { Ticket } from "@manydesk/kit/api/agent";
import { isProblem } from "@manydesk/kit/api/problem";
import { toast } from "@manydesk/kit/look/toast";
import { Banner } from "@manydesk/kit/ui/Banner";
import { Button } from "@manydesk/kit/ui/Button";
import { RadioGroup } from "@manydesk/kit/ui/Choice";
import { DateTimeField } from "@manydesk/kit/ui/DateTimeField";
import { Dialog } from "@manydesk/kit/ui/Dialog";
import { useSentence } from "@manydesk/kit/ui/ErrorCard";
import { Field } from "@manydesk/kit/ui/Field";
import { Textarea } from "@manydesk/kit/ui/Input";
import { Select } from "@manydesk/kit/ui/Select";
import { useLanguage } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { DurationField } from "../../parts/DurationField.tsx";
import { usualDay } from "../../parts/durations.ts";
import { useClockName } from "../../parts/useClockName.ts";
import { effectOf, missingIn, ownException, type Typed } from "./exception.ts";
import { useException } from "./mutations.ts";
import { calendarsQuery, whyQuery } from "./queries.ts";
import css from "./Why.module.css";
import words from "./words.json";

const kinds = ["first_response", "next_response", "resolution", "arrival"] as const;

/** Another promise for this ticket alone, with its reason; or back to what the policies say. */
export function ExceptionForm({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const t = useWords(words);
  const id = useId();
  const language = useLanguage();
  const sentence = useSentence();
  const clockName = useClockName();
  const { data: why } = useQuery({ ...whyQuery(ticket), enabled: ticket.clocks.length > 0 });
  const { data: calendars = [] } = useQuery(calendarsQuery(ticket.tenant));
  const own = ownException(why);
  const [typed, setTyped] = useState<Typed>({ kind: "move", dueAt: "", calendar: "", targets: {}, reason: "" });
  const [tried, setTried] = useState(false);
  const { mutate, mutateAsync, error, isPending } = useException(ticket);
  const set = (part: Partial<Typed>) => setTyped((old) => ({ ...old, ...part }));
  const { kind } = typed;
  const missing = missingIn(typed);
  const lacks = (what: (typeof missing)[number]) => (tried && missing.includes(what) ? t(`exception.need.${what}`) : undefined);
  const refused = (field: string) => (isProblem(error) ? error.field(field) : undefined);
  const targetsWrong = kinds.map((clock) => refused(`effect/targets/${clock}`)).find(Boolean);
  const shown = ["effect/due_at", "effect/calendar", "effect", "effect/none", "reason"].some(refused) || Boolean(targetsWrong);
  const calendar = calendars.find((one) => one.key === (typed.calendar || why?.calendar?.key));

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (missing.length > 0) return;
    mutate(
      { effect: effectOf(typed), reason: typed.reason.trim() },
      {
        onSuccess: () => {
          onClose();
          const bad = (why: unknown) => void toast({ text: sentence(why), kind: "bad" });
          const undo = { run: () => void mutateAsync({ effect: {}, reason: t("exception.undone") }).catch(bad) };
          // What stood before an exception that is replaced is not known here, so only a first one can be undone.
          if (kind === "back") toast({ text: t("exception.removed"), key: ticket.ref });
          else toast({ text: t("exception.made"), key: ticket.ref, ...(own === null && { undo }) });
        },
      },
    );
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("exception.title", { ref: ticket.ref })}
      actions={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="primary" type="submit" form={id} busy={isPending}>
            {kind === "back" ? t("exception.remove") : t("exception.make")}
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={submit} noValidate className={css.form}>
        {own && <Banner kind="info">{own.reason ? t("exception.now", { reason: own.reason }) : t("exception.nowBare")}</Banner>}
        <RadioGroup
          label={t("exception.what")}
          value={kind}
          onChange={(next) => set({ kind: next })}
          options={[
            { value: "move", label: t("exception.move") },
            { value: "change", label: t("exception.change") },
            { value: "none", label: t("exception.none"), hint: t("exception.none.hint") },
            ...(own ? [{ value: "back" as const, label: t("exception.back"), hint: t("exception.back.hint") }] : []),
          ]}
          error={lacks("change") ?? refused("effect") ?? refused("effect/none")}
        />
        {kind === "move" && (
          <Field label={t("exception.due")} required error={lacks("due_at") ?? refused("effect/due_at")}>
            <DateTimeField value={typed.dueAt} onChange={(dueAt) => set({ dueAt })} />
          </Field>
        )}
        {kind === "change" && (
          <>
            {calendars.length > 0 && (
              <Field label={t("why.calendar")} error={refused("effect/calendar")}>
                <Select
                  value={typed.calendar}
                  onChange={(key) => set({ calendar: key })}
                  options={[
                    { value: "", label: t("exception.sameCalendar") },
                    ...calendars.map((one) => ({ value: one.key, label: one.spec.name[language] || one.key })),
                  ]}
                />
              </Field>
            )}
            <div className={css.targets}>
              {kinds.map((clock) => (
                <div key={clock}>
                  <span aria-hidden="true">{clockName(clock)}</span>
                  <DurationField
                    label={clockName(clock)}
                    minutes={typed.targets[clock] ?? null}
                    dayMinutes={usualDay(calendar?.spec as Parameters<typeof usualDay>[0])}
                    always={calendar?.spec.always}
                    error={refused(`effect/targets/${clock}`)}
                    onChange={(minutes) => set({ targets: { ...typed.targets, [clock]: minutes ?? undefined } })}
                  />
                </div>
              ))}
            </div>
          </>
        )}
        <Field label={t("exception.reason")} required hint={t("exception.reason.hint")} error={lacks("reason") ?? refused("reason")}>
          <Textarea rows={2} maxLength={1000} value={typed.reason} onChange={(event) => set({ reason: event.target.value })} />
        </Field>
        {error && !shown ? (
          <Banner kind="danger" live="alert">
            {sentence(error)}
          </Banner>
        ) : null}
      </form>
    </Dialog>
  );
}
