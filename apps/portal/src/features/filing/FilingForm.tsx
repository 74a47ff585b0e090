import { once, take } from "@manydesk/kit/api/client";
import { portal } from "@manydesk/kit/api/portal";
import { isProblem } from "@manydesk/kit/api/problem";
import { useUploads } from "@manydesk/kit/api/useUploads";
import type { DraftKey } from "@manydesk/kit/drafts/drafts";
import { cx } from "@manydesk/kit/look/cx";
import { useFormats } from "@manydesk/kit/words/format";
import { useWords } from "@manydesk/kit/words/useWords";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { type NewRequest, newRequests } from "../../parts/drafts.ts";
import { Refusal } from "../../parts/ErrorCard.tsx";
import { FilesField } from "../../parts/Files.tsx";
import page from "../../parts/page.module.css";
import { keys, useSite, useTenant } from "../../parts/portal.ts";
import { answersOf, chosenType, type Lack, lacks, shownOf } from "./check.ts";
import css from "./Filing.module.css";
import { Line, Mark, OwnField } from "./OwnField.tsx";
import { Promised } from "./Promised.tsx";
import type { SentRequest } from "./Sent.tsx";
import { TypeCards } from "./TypeCards.tsx";
import { useQuestions } from "./useQuestions.ts";
import words from "./words.json";

interface Props {
  draftKey: DraftKey;
  start: NewRequest;
  onSent: (sent: SentRequest) => void;
  onDrop: () => void;
}

/** The form. What is written is kept in the browser at every key; sending it twice makes one request. */
export function FilingForm({ draftKey, start, onSent, onDrop }: Props) {
  const t = useWords(words);
  const path = useTenant();
  const { types } = useSite();
  const uploads = useUploads(`/v1/portal/${path.tenant}`, start.files);
  const [draft, setDraft] = useState(start);
  const [tried, setTried] = useState(false);
  const [waits, setWaits] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const cache = useQueryClient();
  const edited = useRef(false);
  const type = chosenType(draft.type, types);
  const questions = useQuestions(type, draft.fields);
  const found = tried ? lacks(draft, types, questions) : [];
  const change = (part: Partial<NewRequest>) => {
    edited.current = true;
    setDraft((old) => ({ ...old, ...part }));
  };
  const files = uploads.items.filter((one) => one.id).map(({ id = "", name, mime, size }) => ({ id, name, mime, size }));
  const fileIds = uploads.ids.join();

  // biome-ignore lint/correctness/useExhaustiveDependencies: the ids stand for the files.
  useEffect(() => {
    if (edited.current || fileIds) newRequests.edit(draftKey, { ...draft, files });
  }, [draft, fileIds, draftKey]);

  const send = useMutation({
    mutationFn: () =>
      take(
        portal.POST("/v1/portal/{tenant}/requests", {
          params: { path },
          body: {
            subject: draft.subject.trim(),
            text: draft.text.trim(),
            type: type?.key,
            fields: type ? answersOf(draft.fields, questions) : undefined,
            uploads: uploads.ids,
          },
          headers: once(draft.key),
        }),
      ),
    onSuccess: async (made) => {
      await newRequests.drop(draftKey);
      void cache.invalidateQueries({ queryKey: keys.home() });
      void cache.invalidateQueries({ queryKey: keys.lists() });
      onSent(made);
    },
  });

  const failed = uploads.items.some((one) => one.state === "failed");
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    setTried(true);
    if (lacks(draft, types, questions).length > 0) {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
      return;
    }
    if (uploads.busy) setWaits(true);
    else if (!failed && !send.isPending) send.mutate();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: goes on when the last file has come.
  useEffect(() => {
    if (!waits || uploads.busy) return;
    setWaits(false);
    submit();
  }, [waits, uploads.busy]);

  const refused = isProblem(send.error) ? send.error : undefined;
  const says = (name: Lack, own: string, pointer: string) => (found.includes(name) ? own : refused?.field(pointer));
  const loose =
    refused?.errors.length && found.length === 0 && !refused.errors.some((one) => known(one.pointer))
      ? refused
      : refused?.errors.length
        ? undefined
        : send.error;
  const nothing = !draft.subject && !draft.text && uploads.items.length === 0;
  return (
    <main id="content" className={cx(page.main, css.main)} tabIndex={-1}>
      <form ref={form} className={css.form} onSubmit={submit} noValidate>
        <div className={css.head}>
          <h1 className={cx(page.h1, css.title)}>{t("title")}</h1>
          <p className={page.meta}>
            <Kept draftKey={draftKey} shown={!nothing} /> <span className={page.req}>*</span> {t("stars")}
          </p>
        </div>
        {types.length > 1 && (
          <TypeCards
            types={types}
            value={type?.key ?? ""}
            onChange={(key) => change({ type: key })}
            error={says("type", t("needType"), "type")}
          />
        )}
        <div className={page.f}>
          <label className={page.label} htmlFor="subject">
            {t("subject")} <Mark />
          </label>
          <input
            id="subject"
            className={page.in}
            maxLength={300}
            required
            value={draft.subject}
            onChange={(event) => change({ subject: event.target.value })}
            aria-invalid={Boolean(says("subject", "1", "subject")) || undefined}
            aria-describedby="subject-error"
          />
          <Line id="subject-error">{says("subject", t("needSubject"), "subject")}</Line>
        </div>
        <div className={page.f}>
          <label className={page.label} htmlFor="text">
            {t("text")} <Mark />
          </label>
          <p id="text-hint" className={page.hint}>
            {t("textHint")}
          </p>
          <textarea
            id="text"
            className={page.in}
            maxLength={100_000}
            required
            value={draft.text}
            onChange={(event) => change({ text: event.target.value })}
            onPaste={(event) => event.clipboardData.files.length > 0 && uploads.add([...event.clipboardData.files])}
            aria-invalid={Boolean(says("text", "1", "text")) || undefined}
            aria-describedby="text-hint text-error"
          />
          <Line id="text-error">{says("text", t("needText"), "text")}</Line>
        </div>
        {questions.map((field) => (
          <OwnField
            key={`${type?.key}/${field.key}`}
            field={field}
            value={shownOf(field, draft.fields)}
            onChange={(value) => change({ fields: { ...draft.fields, [field.key]: value } })}
            error={
              found.includes(`number:${field.key}`)
                ? t("needNumber")
                : says(`field:${field.key}`, t("needField", { name: field.name }), `fields/${field.key}`)
            }
          />
        ))}
        <FilesField uploads={uploads} />
        <div className={css.dock} data-dock="">
          {tried && failed && (
            <p className={page.bad} role="alert">
              {t("failedFiles")}
            </p>
          )}
          <p role="status" className={waits ? page.meta : "vh"}>
            {waits ? t("waitFiles") : ""}
          </p>
          {loose ? <Refusal error={loose} /> : null}
          <div className={css.send}>
            <button type="submit" className={cx(page.btn, page.cta)} aria-busy={send.isPending || waits || undefined}>
              {t("send")}
            </button>
            <Promised type={type?.key} />
            {!nothing && (
              <button type="button" className={cx(page.txt, css.drop)} onClick={onDrop}>
                {t("drop")}
              </button>
            )}
          </div>
        </div>
      </form>
    </main>
  );
}

function known(pointer: string): boolean {
  return /^\/body\/(subject|text|type|fields\/.+)$/.test(pointer);
}

/** «Черновик сохранён», once it is. */
function Kept({ draftKey, shown }: { draftKey: DraftKey; shown: boolean }) {
  const t = useWords(words);
  const f = useFormats();
  const [, look] = useState(0);
  useEffect(() => newRequests.subscribe(draftKey, () => look((n) => n + 1)), [draftKey]);
  const { state, at } = newRequests.peek(draftKey);
  if (!shown || at === 0 || state === "keeping") return null;
  return (
    <>
      <span className={page.phone}>{t("kept")}.</span>
      <span className={page.wide}>{t("keptAt", { at: f.time(at) })}.</span>
    </>
  );
}
