import { once, take } from "@manydesk/kit/api/client";
import { newKey } from "@manydesk/kit/api/key";
import { portal, type RequestPage } from "@manydesk/kit/api/portal";
import { useUploads } from "@manydesk/kit/api/useUploads";
import { useDraft } from "@manydesk/kit/drafts/useDraft";
import { cx } from "@manydesk/kit/look/cx";
import { Icon } from "@manydesk/kit/ui/Icon";
import { useWords } from "@manydesk/kit/words/useWords";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ArrowRight } from "lucide-react";
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { answers } from "../../parts/drafts.ts";
import { Refusal } from "../../parts/ErrorCard.tsx";
import { Chosen, PickFiles } from "../../parts/Files.tsx";
import page from "../../parts/page.module.css";
import { keys, useMe, useTenant } from "../../parts/portal.ts";
import { firstName } from "../../parts/sentence.ts";
import css from "./Request.module.css";
import words from "./words.json";

const blank = { text: "" };

/** The place to write; on a phone it stands where the bar stood. What is written survives a reload. */
export function Write({ request }: { request: RequestPage }) {
  const t = useWords(words);
  const { tenant } = useTenant();
  const me = useMe();
  const cache = useQueryClient();
  const draft = useDraft(answers, { tenant, ticket: request.ref, kind: "comment", user: me.id }, blank);
  const uploads = useUploads(`/v1/portal/${tenant}`);
  const key = useRef(newKey());
  const [waits, setWaits] = useState(false);
  const text = draft.value.text;
  const failed = uploads.items.some((one) => one.state === "failed");
  const send = useMutation({
    mutationFn: () =>
      take(
        portal.POST("/v1/portal/{tenant}/requests/{number}/comments", {
          params: { path: { tenant, number: request.number } },
          body: { text: text.trim(), uploads: uploads.ids },
          headers: once(key.current),
        }),
      ),
    onSuccess: async (entry) => {
      key.current = newKey();
      cache.setQueryData<RequestPage>(keys.request(request.number), (old) =>
        old && !old.thread.some((one) => one.seq === entry.seq) ? { ...old, thread: [...old.thread, entry] } : old,
      );
      uploads.clear();
      await draft.drop();
      void cache.invalidateQueries({ queryKey: keys.request(request.number) });
      void cache.invalidateQueries({ queryKey: keys.home() });
      void cache.invalidateQueries({ queryKey: keys.lists() });
    },
  });
  const empty = !text.trim() && uploads.items.length === 0;
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (empty || failed || send.isPending) return;
    if (uploads.busy) setWaits(true);
    else send.mutate();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: goes on when the last file has come.
  useEffect(() => {
    if (!waits || uploads.busy) return;
    setWaits(false);
    submit();
  }, [waits, uploads.busy]);
  const chord = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit();
  };
  const name = request.who ? firstName(request.who) : "";
  return (
    <form className={css.write} data-dock="" onSubmit={submit}>
      {(uploads.items.length > 0 || send.error !== null) && (
        <div className={css.above}>
          <Chosen uploads={uploads} />
          {failed && <p className={page.bad}>{t("failedFiles")}</p>}
          <Refusal error={send.error} />
        </div>
      )}
      <p role="status" className={waits ? cx(page.meta, css.above) : "vh"}>
        {waits ? t("waitFiles") : send.isSuccess && empty ? t("sent") : ""}
      </p>
      <div className={css.compose}>
        <PickFiles className={page.tool} label={t("attach")} onFiles={uploads.add} />
        <PickFiles camera className={cx(page.tool, css.camera)} label={t("photo")} onFiles={uploads.add} />
        <textarea
          id="message"
          rows={1}
          maxLength={100_000}
          aria-label={t("message")}
          placeholder={name ? t("writeTo", { name }) : t("write")}
          value={text}
          onChange={(event) => draft.edit({ text: event.target.value })}
          onKeyDown={chord}
          onPaste={(event) => event.clipboardData.files.length > 0 && uploads.add([...event.clipboardData.files])}
        />
        <button
          type="submit"
          className={css.go}
          aria-label={t("send")}
          aria-disabled={empty || failed || undefined}
          aria-busy={send.isPending || waits || undefined}
        >
          <Icon of={ArrowRight} size={24} />
        </button>
      </div>
    </form>
  );
}
