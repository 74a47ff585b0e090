import { Camera, FileText, Image, Paperclip, RotateCw, X } from "lucide-react";
import { type DragEvent, type ReactNode, useRef, useState } from "react";
import type { UploadItem, Uploads } from "../api/useUploads.ts";
import { cx } from "../look/cx.ts";
import { useFormats } from "../words/format.ts";
import { useWords } from "../words/useWords.ts";
import { Button, IconButton } from "./Button.tsx";
import { useSentence } from "./ErrorCard.tsx";
import css from "./FileDrop.module.css";
import { Icon } from "./Icon.tsx";
import words from "./words.json";

export interface FileDropProps {
  uploads: Uploads;
  /** Offers the camera too: phones. */
  camera?: boolean;
  disabled?: boolean;
}

/** Buttons, a place to drop, and the files on their way with their progress. For forms. */
export function FileDrop({ uploads, camera, disabled }: FileDropProps) {
  const t = useWords(words);
  return (
    <DropZone onFiles={uploads.add} disabled={disabled}>
      <div className={css.drop}>
        <div className={css.buttons}>
          {camera && <PickFiles look="photo" onFiles={uploads.add} disabled={disabled} />}
          <PickFiles onFiles={uploads.add} disabled={disabled} />
        </div>
        <FileList uploads={uploads} label={t("files")} />
      </div>
    </DropZone>
  );
}

/** Lets files be dropped or pasted anywhere on what it wraps: a composer, a form. */
export function DropZone({ onFiles, disabled, children }: { onFiles: (files: File[]) => void; disabled?: boolean; children: ReactNode }) {
  const t = useWords(words);
  const [over, setOver] = useState(0);
  const carries = (event: DragEvent) => !disabled && event.dataTransfer.types.includes("Files");
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra to the button.
    <div
      className={cx(css.zone, over > 0 && css.over)}
      data-hint={t("dropHere")}
      onDragEnter={(event) => carries(event) && setOver((n) => n + 1)}
      onDragLeave={() => setOver((n) => Math.max(0, n - 1))}
      onDragOver={(event) => carries(event) && event.preventDefault()}
      onDrop={(event) => {
        setOver(0);
        if (!carries(event)) return;
        event.preventDefault();
        onFiles([...event.dataTransfer.files]);
      }}
      onPaste={(event) => {
        const files = [...event.clipboardData.files];
        if (disabled || files.length === 0) return;
        event.preventDefault();
        onFiles(files);
      }}
    >
      {children}
    </div>
  );
}

export interface PickFilesProps {
  onFiles: (files: File[]) => void;
  look?: "button" | "icon" | "photo";
  disabled?: boolean;
}

/** The button that opens the machine's own choice of files. */
export function PickFiles({ onFiles, look = "button", disabled }: PickFilesProps) {
  const t = useWords(words);
  const input = useRef<HTMLInputElement>(null);
  const open = () => input.current?.click();
  const photo = look === "photo";
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        multiple={!photo}
        accept={photo ? "image/*" : undefined}
        capture={photo ? "environment" : undefined}
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
      {look === "icon" ? (
        <IconButton icon={Paperclip} label={t("attach")} onClick={open} disabled={disabled} />
      ) : (
        <Button icon={photo ? Camera : Paperclip} onClick={open} disabled={disabled}>
          {photo ? t("photo") : t("attach")}
        </Button>
      )}
    </>
  );
}

/** The files chosen so far; `inline` lays them side by side under a composer. */
export function FileList({ uploads, label, inline }: { uploads: Uploads; label?: string; inline?: boolean }) {
  const t = useWords(words);
  if (uploads.items.length === 0) return null;
  return (
    <ul className={cx(css.list, inline && css.row)} aria-label={label ?? t("files")}>
      {uploads.items.map((item) => (
        <li key={item.key} className={cx(css.file, item.state === "failed" && css.bad)}>
          <Icon of={item.mime.startsWith("image/") ? Image : FileText} />
          <State item={item} />
          {item.state === "failed" && <IconButton icon={RotateCw} label={t("retry")} size="xs" onClick={() => uploads.retry(item.key)} />}
          <IconButton icon={X} label={t("removeFile", { name: item.name })} size="xs" onClick={() => uploads.remove(item.key)} />
        </li>
      ))}
    </ul>
  );
}

function State({ item }: { item: UploadItem }) {
  const t = useWords(words);
  const f = useFormats();
  const sentence = useSentence();
  const total = f.fileSize(item.size);
  return (
    <div className={css.what}>
      <span className={css.name}>{item.name}</span>
      {item.state === "done" && <span className={css.state}>{total}</span>}
      {item.state === "failed" && <span className={css.state}>{sentence(item.error)}</span>}
      {item.state === "sending" && (
        <>
          <span className={css.state}>{t("sending", { sent: f.fileSize(item.size * item.progress), total })}</span>
          <progress className={css.bar} max={1} value={item.progress} aria-label={item.name} />
        </>
      )}
    </div>
  );
}
