import { take } from "@manydesk/kit/api/client";
import { portal, type RequestPage } from "@manydesk/kit/api/portal";
import { cx } from "@manydesk/kit/look/cx";
import { Icon } from "@manydesk/kit/ui/Icon";
import { useWords } from "@manydesk/kit/words/useWords";
import { useMutation } from "@tanstack/react-query";
import { Check, Undo2 } from "lucide-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { Refusal } from "../../parts/ErrorCard.tsx";
import page from "../../parts/page.module.css";
import { can, useTakeIn, useTenant } from "../../parts/portal.ts";
import { useWhen } from "../../parts/when.ts";
import css from "./Request.module.css";
import words from "./words.json";

/** One question, two answers, and what happens without one. */
export function Confirm({ request }: { request: RequestPage }) {
  const t = useWords(words);
  const { full } = useWhen();
  const confirm = useConfirm(request);
  const [asking, setAsking] = useState(false);
  return (
    <section className={cx(page.card, page.pad, css.sheet)}>
      <div>
        <h2 className={page.h2}>{t("allWorks")}</h2>
        <p className={page.lead}>{t("allWorksText")}</p>
      </div>
      {asking ? (
        <Reopen request={request} onCancel={() => setAsking(false)} />
      ) : (
        <div className={css.answers}>
          <button
            type="button"
            className={cx(page.btn, page.cta)}
            aria-busy={confirm.isPending || undefined}
            onClick={() => confirm.isPending || confirm.mutate()}
          >
            <Icon of={Check} size={24} />
            {t("works")}
          </button>
          {can(request, "reopen") && (
            <button type="button" className={page.btn} onClick={() => setAsking(true)}>
              <Icon of={Undo2} size={20} />
              {t("reopen")}
            </button>
          )}
        </div>
      )}
      <Refusal error={confirm.error} />
      {request.can_reopen_until && !asking && <p className={page.meta}>{t("silent", { at: full(request.can_reopen_until) })}</p>}
    </section>
  );
}

/** For a client whose trouble went away by itself. */
export function AlreadyWorks({ request }: { request: RequestPage }) {
  const t = useWords(words);
  const confirm = useConfirm(request);
  return (
    <div className={css.ask}>
      <button
        type="button"
        className={page.btn}
        aria-busy={confirm.isPending || undefined}
        onClick={() => confirm.isPending || confirm.mutate()}
      >
        <Icon of={Check} size={20} />
        {t("ask")}
      </button>
      <Refusal error={confirm.error} />
    </div>
  );
}

function Reopen({ request, onCancel }: { request: RequestPage; onCancel: () => void }) {
  const t = useWords(words);
  const path = { ...useTenant(), number: request.number };
  const takeIn = useTakeIn();
  const [text, setText] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const reopen = useMutation({
    mutationFn: () =>
      take(
        portal.PUT("/v1/portal/{tenant}/requests/{number}/reopening", { params: { path }, body: text.trim() ? { text: text.trim() } : {} }),
      ),
    onSuccess: takeIn,
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!reopen.isPending) reopen.mutate();
  };
  return (
    <form className={css.sheet} onSubmit={send}>
      <div className={page.f}>
        <label className={page.label} htmlFor="why">
          {t("whyReopen")}
        </label>
        <p id="why-hint" className={page.hint}>
          {t("whyHint")}
        </p>
        <textarea
          id="why"
          ref={field}
          className={page.in}
          aria-describedby="why-hint"
          maxLength={100_000}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <Refusal error={reopen.error} />
      <div className={css.answers}>
        <button type="submit" className={cx(page.btn, page.cta)} aria-busy={reopen.isPending || undefined}>
          {t("doReopen")}
        </button>
        <button type="button" className={page.btn} onClick={onCancel}>
          {t("cancel")}
        </button>
      </div>
    </form>
  );
}

function useConfirm(request: RequestPage) {
  const path = { ...useTenant(), number: request.number };
  const takeIn = useTakeIn();
  return useMutation({
    mutationFn: () => take(portal.PUT("/v1/portal/{tenant}/requests/{number}/confirmation", { params: { path } })),
    onSuccess: takeIn,
  });
}
