import type { Entry } from "@manydesk/kit/api/agent";
import { newKey } from "@manydesk/kit/api/key";
import { isProblem } from "@manydesk/kit/api/problem";
import { useUploads } from "@manydesk/kit/api/useUploads";
import { useDraft } from "@manydesk/kit/drafts/useDraft";
import { useKeys } from "@manydesk/kit/keys/useKeys";
import { toast } from "@manydesk/kit/look/toast";
import { Button, IconButton } from "@manydesk/kit/ui/Button";
import { Composer } from "@manydesk/kit/ui/Composer";
import { Input } from "@manydesk/kit/ui/Input";
import { Menu } from "@manydesk/kit/ui/Menu";
import { useWords } from "@manydesk/kit/words/useWords";
import { ChevronDown } from "lucide-react";
import { type ClipboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { foreignSource } from "../../parts/clipboard.ts";
import { blank, type Writing as Draft, keyOf, type WritingKind, writings } from "../../parts/drafts.ts";
import { useClaimOn } from "../../parts/presence.ts";
import { useUndoSend } from "../../parts/sending.ts";
import { useSession } from "../../parts/useSession.ts";
import { After, type StatusAfter } from "./After.tsx";
import { insert, readAddresses } from "./addresses.ts";
import css from "./Composer.module.css";
import { claim, useAddNote, useSendReply } from "./mutations.ts";
import { Arrived, Claimed, Failed, ForeignPaste } from "./Notices.tsx";
import type { ReplyBoxProps } from "./ReplyBox.tsx";
import { useHere } from "./useHere.ts";
import words from "./words.json";

interface Options {
  anyway?: boolean;
  status?: StatusAfter;
  next?: boolean;
}

/** Reply and note, each with its own text and files; both stay when the other is shown. */
export function Writing(props: ReplyBoxProps & { modes: readonly WritingKind[] }) {
  const { ticket, tenant, modes, focus, seen, onShow, onNext } = props;
  const mode = modes.includes(props.mode) ? props.mode : (modes[0] ?? "note");
  const t = useWords(words);
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const reply = useWriting(ticket, "reply");
  const note = useWriting(ticket, "note");
  const own = mode === "reply" ? reply : note;
  const [after, setAfter] = useState<StatusAfter | null>(null);
  const [cc, setCc] = useState<string | null>(null);
  const [pasted, setPasted] = useState<{ code: string; text: string; from: number; to: number } | null>(null);
  const [sent, setSent] = useState<Entry | null>(null);
  const here = useHere(ticket);
  const held = useClaimOn(ticket.tenant, ticket.ref);
  const sending = useSendReply(ticket);
  const noting = useAddNote(ticket);
  const { mutate: undo } = useUndoSend(ticket);
  useEffect(() => {
    if (focus > 0) area.current?.focus();
  }, [focus]);

  const send = (options: Options = {}) => {
    const key = reply.nameSend();
    const status = options.status ?? after ?? undefined;
    const addresses = readAddresses(cc ?? "");
    sending.mutate(
      {
        key,
        text: reply.text,
        uploads: reply.uploads.ids,
        seen,
        anyway: options.anyway,
        status,
        cc: addresses.length > 0 ? addresses : undefined,
      },
      {
        onSuccess: (entry) => {
          done(entry);
          if (options.next) onNext();
        },
      },
    );
  };
  const done = (entry: Entry) => {
    reply.clear();
    here.sent();
    setAfter(null);
    setCc(null);
    onShow();
    setSent(entry.state === "held" ? entry : null);
    if (entry.state === "held") toast({ text: t("sent"), key: "send", undo: { run: () => undo(entry), label: t("undo") } });
  };
  const takeBack = () => {
    setSent(null);
    if (sent?.held_until && Date.parse(sent.held_until) > Date.now()) undo(sent);
  };
  // An empty field has nothing of its own to undo.
  useKeys(ticket.ref, [{ id: "composer.undo", keys: "Mod+KeyZ", label: t("undo"), run: takeBack, inText: true, quiet: true }], {
    active: sent !== null && own.text === "",
  });
  const keepNote = () =>
    noting.mutate(
      { key: note.nameSend(), text: note.text, uploads: note.uploads.ids },
      {
        onSuccess: () => {
          note.clear();
          here.sent();
          onShow();
          toast({ text: t("noted"), key: "send" });
        },
      },
    );
  const solution = ticket.transitions.find((way) => way.to.category === "resolved" && !way.comment_required && !way.fields_required)?.to
    .key;
  const change = (text: string) => {
    own.edit(text);
    if (text !== "") here.typed(mode === "reply");
  };
  const onPaste = (event: ClipboardEvent) => {
    const code = foreignSource(event.clipboardData, ticket.tenant);
    if (!code || !(event.target instanceof HTMLTextAreaElement)) return;
    event.preventDefault();
    event.stopPropagation();
    const { selectionStart, selectionEnd } = event.target;
    setPasted({ code, text: event.clipboardData.getData("text/plain"), from: selectionStart, to: selectionEnd });
  };
  const work = mode === "reply" ? sending : noting;
  const arrived = isProblem(sending.error, "arrived_meanwhile") ? ((sending.error.extra.arrived as Entry[] | undefined) ?? []) : null;
  const notice = (
    <>
      {mode === "reply" && held && <Claimed claim={held} onTakeOver={() => void claim(ticket).catch(() => {})} />}
      {pasted && (
        <ForeignPaste
          code={pasted.code}
          onNo={() => setPasted(null)}
          onYes={() => {
            change(insert(own.text, pasted.text, pasted.from, pasted.to).text);
            setPasted(null);
          }}
        />
      )}
      {mode === "reply" && arrived && (
        <Arrived
          entries={arrived}
          onRead={() => {
            sending.reset();
            onShow();
          }}
          onAnyway={() => send({ anyway: true })}
        />
      )}
      {work.error && !(mode === "reply" && arrived) && <Failed error={work.error} onRetry={mode === "reply" ? () => send() : keepNote} />}
      {mode === "reply" && cc !== null && (
        <div className={css.notice}>
          <div className={css.cc}>
            <label htmlFor={id}>{t("cc")}</label>
            <Input
              id={id}
              size="sm"
              type="email"
              multiple
              value={cc}
              placeholder={t("cc.hint")}
              onChange={(event) => setCc(event.target.value)}
              autoFocus
            />
          </div>
        </div>
      )}
    </>
  );
  return (
    <div onPasteCapture={onPaste}>
      <Composer
        ref={area}
        tenant={tenant}
        mode={mode}
        modes={modes}
        onMode={props.onMode}
        from={ticket.sender}
        to={ticket.to}
        value={own.text}
        onChange={change}
        onSend={mode === "reply" ? () => send() : keepNote}
        onSendAndResolve={solution ? () => send({ status: { to: solution }, next: true }) : undefined}
        uploads={own.uploads}
        sending={work.isPending}
        draft={{ state: own.state, at: own.at }}
        notice={notice}
        tools={
          mode === "reply" && cc === null ? (
            <Button kind="ghost" onClick={() => setCc("")}>
              {t("cc")}
            </Button>
          ) : undefined
        }
        after={<After ticket={ticket} value={after} onChange={setAfter} />}
        more={
          solution ? (
            <Menu
              align="end"
              button={
                <IconButton
                  kind="primary"
                  icon={ChevronDown}
                  label={t("more")}
                  disabled={own.text.trim() === "" && own.uploads.ids.length === 0}
                />
              }
              items={[
                { label: t("sendResolve"), onSelect: () => send({ status: { to: solution } }) },
                { label: t("sendResolveNext"), keys: "Mod+Shift+Enter", onSelect: () => send({ status: { to: solution }, next: true }) },
              ]}
            />
          ) : undefined
        }
      />
    </div>
  );
}

/** One draft with its files and the name of its send. */
function useWriting(ticket: ReplyBoxProps["ticket"], kind: WritingKind) {
  const { user } = useSession();
  const key = useMemo(() => keyOf(ticket.tenant, ticket.number, kind, user.id), [ticket.tenant, ticket.number, kind, user.id]);
  const draft = useDraft<Draft>(writings, key, blank);
  const uploads = useUploads(`/v1/tenants/${ticket.tenant}`, writings.peek(key).value?.uploads);
  const arrived = uploads.items
    .filter((item) => item.id !== undefined)
    .map((item) => ({ id: item.id ?? "", name: item.name, mime: item.mime, size: item.size }));
  const ids = arrived.map((file) => file.id).join();
  const kept = draft.value.uploads.map((file) => file.id).join();
  const { edit, value } = draft;
  // biome-ignore lint/correctness/useExhaustiveDependencies: ids stand for the files that have arrived.
  useEffect(() => {
    if (ids !== kept) edit({ ...value, uploads: arrived, key: undefined });
  }, [ids]);
  return {
    text: value.text,
    state: draft.state,
    at: draft.at,
    uploads,
    edit: (text: string) => edit({ text, uploads: arrived }),
    /** The same name until the text changes, also after a reload. */
    nameSend: () => {
      const name = value.key ?? newKey();
      if (!value.key) edit({ ...value, key: name });
      return name;
    },
    clear: () => {
      uploads.clear();
      void draft.drop();
    },
  };
}
