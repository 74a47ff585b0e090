import { ArrowRight, Lock } from "lucide-react";
import { type KeyboardEvent, type ReactNode, type Ref, useId } from "react";
import type { Uploads } from "../api/useUploads.ts";
import type { DraftState } from "../drafts/drafts.ts";
import { comboOf } from "../keys/combo.ts";
import { cx } from "../look/cx.ts";
import { type TenantFace, tenantProps } from "../look/tenant.ts";
import { useFormats } from "../words/format.ts";
import { useWords } from "../words/useWords.ts";
import { Button } from "./Button.tsx";
import css from "./Composer.module.css";
import { DropZone, FileList, PickFiles } from "./FileDrop.tsx";
import { Icon } from "./Icon.tsx";
import { Textarea } from "./Input.tsx";
import { Kbd } from "./Kbd.tsx";
import { TenantTile } from "./Tenant.tsx";
import words from "./words.json";

export type ComposerMode = "reply" | "note";

export interface ComposerProps {
  tenant: TenantFace;
  mode: ComposerMode;
  /** Changing the mode never moves text: each mode has its own draft. */
  onMode: (mode: ComposerMode) => void;
  /** Modes this person may use: from the ticket's abilities. */
  modes?: readonly ComposerMode[];
  from: { name: string; address: string };
  to: { name: string; address: string } | null;
  value: string;
  onChange: (text: string) => void;
  onSend: () => void;
  /** Ctrl+Shift+Enter: send, resolve, next. */
  onSendAndResolve?: () => void;
  uploads?: Uploads;
  sending?: boolean;
  draft?: { state: DraftState; at: number };
  /** Between the tools and the send button: the status after. */
  after?: ReactNode;
  /** More tools beside the clip: templates. */
  tools?: ReactNode;
  /** A menu beside the send button. */
  more?: ReactNode;
  /** Over the text: what arrived meanwhile, who else is answering. */
  notice?: ReactNode;
  /** Why nothing can be sent now; the button says it on focus. */
  blocked?: string;
  ref?: Ref<HTMLTextAreaElement>;
}

/**
 * The frame that an answer is written in. Whose name it goes out in, and to whom, stands on top;
 * a note is amber, dashed, locked and names no recipient. The box never moves between the two.
 */
export function Composer(props: ComposerProps) {
  const { tenant, mode, onMode, modes = ["reply", "note"], from, to, value, onChange, onSend, uploads, sending, draft } = props;
  const t = useWords(words);
  const id = useId();
  const note = mode === "note";
  const idle = !value.trim() && !uploads?.ids.length;
  const ready = !sending && !idle && !props.blocked && !uploads?.busy;
  const send = () => ready && onSend();
  const tab = (one: ComposerMode, label: string, key: string) => (
    <button
      key={one}
      type="button"
      role="tab"
      id={`${id}${one}`}
      aria-controls={`${id}panel`}
      className={css.mode}
      aria-selected={mode === one}
      tabIndex={mode === one ? 0 : -1}
      onClick={() => onMode(one)}
      onKeyDown={arrows}
    >
      {one === "note" && <Icon of={Lock} size={14} />}
      {label}
      <Kbd combo={key} bare={note && mode === one} />
    </button>
  );
  const arrows = (event: KeyboardEvent) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const other = modes.find((one) => one !== mode);
    if (other) onMode(other);
  };
  const hear = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const combo = comboOf(event.nativeEvent);
    if (combo === "Escape") event.currentTarget.blur();
    else if (combo === "Mod+Enter") send();
    else if (combo === "Mod+Shift+Enter" && props.onSendAndResolve && ready && !note) props.onSendAndResolve();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const body = (
    <section className={cx(css.composer, note && css.note)} {...tenantProps(tenant)} aria-label={note ? t("newNote") : t("newReply")}>
      <div className={css.top}>
        <div role="tablist" className={css.modes} aria-label={t("whatToWrite")}>
          {modes.includes("reply") && tab("reply", t("reply"), "KeyR")}
          {modes.includes("note") && tab("note", t("note"), "KeyM")}
        </div>
        <span className={css.bar} />
        {note ? (
          <span className={css.unseen}>
            <Icon of={Lock} size={14} />
            <b>{t("clientWontSee")}</b>
            {t("staffSee", { code: tenant.code })}
          </span>
        ) : (
          <span className={css.who}>
            <TenantTile tenant={tenant} />
            <b>{t("fromTenant", { code: tenant.code })}</b>
            <span>{from.address}</span>
            {to && (
              <>
                <Icon of={ArrowRight} size={14} />
                <span className="vh">{t("to")}</span>
                <b>{to.name}</b>
                <span>{to.address}</span>
              </>
            )}
          </span>
        )}
      </div>
      {props.notice}
      <div className={css.text} role="tabpanel" id={`${id}panel`} aria-labelledby={`${id}${mode}`}>
        <Textarea
          bare
          ref={props.ref}
          value={value}
          rows={3}
          placeholder={note ? t("notePlaceholder") : t("replyPlaceholder", { name: to?.name ?? "" })}
          aria-label={note ? t("noteText") : t("replyText", { code: tenant.code, name: to?.name ?? "" })}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={hear}
        />
      </div>
      {uploads && (
        <div className={uploads.items.length > 0 ? css.files : undefined}>
          <FileList uploads={uploads} inline />
        </div>
      )}
      <div className={css.bottom}>
        <div className={css.tools}>
          {uploads && <PickFiles look="icon" onFiles={uploads.add} />}
          {props.tools}
          {draft && draft.at > 0 && value && <Saved state={draft.state} at={draft.at} />}
        </div>
        <div className={css.end}>
          {!note && props.after}
          <span className={css.split}>
            <Button
              kind="primary"
              icon={note ? Lock : undefined}
              keys="Mod+Enter"
              busy={sending}
              disabled={idle || uploads?.busy || Boolean(props.blocked)}
              title={props.blocked}
              onClick={send}
            >
              {note ? t("saveNote") : t("sendFrom", { code: tenant.code })}
            </Button>
            {!note && props.more}
          </span>
        </div>
      </div>
    </section>
  );
  return uploads ? <DropZone onFiles={uploads.add}>{body}</DropZone> : body;
}

/** «Черновик 12:25», or that it is kept on this machine only. */
export function Saved({ state, at }: { state: DraftState; at: number }) {
  const t = useWords(words);
  const f = useFormats();
  return (
    <span className={css.saved}>
      {state === "local" ? t("draftLocal") : state === "keeping" ? t("draftKeeping") : t("draftAt", { at: f.time(at) })}
    </span>
  );
}
