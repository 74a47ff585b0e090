import type { FileRef } from "@manydesk/kit/api/portal";
import type { UploadItem, Uploads } from "@manydesk/kit/api/useUploads";
import { cx } from "@manydesk/kit/look/cx";
import { Icon } from "@manydesk/kit/ui/Icon";
import { useFormats } from "@manydesk/kit/words/format";
import { useWords } from "@manydesk/kit/words/useWords";
import { Camera, Download, FileText, FileWarning, Image, Paperclip, RotateCw, X } from "lucide-react";
import { type ReactNode, useRef } from "react";
import css from "./page.module.css";
import words from "./words.json";

/** A button behind which the machine offers its files or its camera. */
export function PickFiles({
  onFiles,
  camera,
  className,
  children,
  label,
}: {
  onFiles: (files: File[]) => void;
  camera?: boolean;
  className?: string;
  children?: ReactNode;
  label?: string;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        multiple={!camera}
        accept={camera ? "image/*" : undefined}
        capture={camera ? "environment" : undefined}
        data-picks={camera ? "photo" : "files"}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
      <button type="button" className={className} aria-label={label} onClick={() => input.current?.click()}>
        <Icon of={camera ? Camera : Paperclip} size={20} />
        {children}
      </button>
    </>
  );
}

/** The two buttons of a form and the files chosen with them. */
export function FilesField({ uploads }: { uploads: Uploads }) {
  const t = useWords(words);
  return (
    <fieldset className={css.f}>
      <legend className={css.label}>{t("files")}</legend>
      <div className={css.pickers}>
        <PickFiles camera className={css.btn} onFiles={uploads.add}>
          {t("photo")}
        </PickFiles>
        <PickFiles className={css.btn} onFiles={uploads.add}>
          {t("attach")}
        </PickFiles>
      </div>
      <Chosen uploads={uploads} />
    </fieldset>
  );
}

/** Files on their way up, each with how much has gone. */
export function Chosen({ uploads }: { uploads: Uploads }) {
  const t = useWords(words);
  if (uploads.items.length === 0) return null;
  return (
    <ul className={css.files} aria-label={t("files")}>
      {uploads.items.map((item) => (
        <li key={item.key} className={cx(css.file, item.state === "failed" && css.failed)}>
          <Icon of={item.mime.startsWith("image/") ? Image : FileText} size={20} />
          <Progress item={item} />
          {item.state === "failed" && (
            <button
              type="button"
              className={css.tool}
              aria-label={t("retryFile", { name: item.name })}
              onClick={() => uploads.retry(item.key)}
            >
              <Icon of={RotateCw} size={20} />
            </button>
          )}
          <button
            type="button"
            className={css.tool}
            aria-label={t("removeFile", { name: item.name })}
            onClick={() => uploads.remove(item.key)}
          >
            <Icon of={X} size={20} />
          </button>
        </li>
      ))}
    </ul>
  );
}

function Progress({ item }: { item: UploadItem }) {
  const t = useWords(words);
  const f = useFormats();
  const total = f.fileSize(item.size);
  const refusal = item.error as { detail?: string; title?: string } | undefined;
  return (
    <span>
      {item.name}
      {item.state === "done" && <small>{total}</small>}
      {item.state === "failed" && <small>{refusal?.detail || refusal?.title || t("unreachable")}</small>}
      {item.state === "sending" && (
        <>
          <small>{t("sending", { sent: f.fileSize(item.size * item.progress), total })}</small>
          <progress className={css.meter} max={1} value={item.progress} aria-label={item.name} />
        </>
      )}
    </span>
  );
}

/** A file of the conversation: its name, its size, a download. A refused one has no link. */
export function FileLine({ file }: { file: FileRef }) {
  const t = useWords(words);
  const f = useFormats();
  const inside = (
    <>
      <Icon of={file.refused ? FileWarning : file.mime.startsWith("image/") ? Image : FileText} size={20} />
      <span>
        {file.name}
        <small>{file.refused ? t("refusedFile") : f.fileSize(file.size)}</small>
      </span>
    </>
  );
  if (file.refused) return <span className={css.file}>{inside}</span>;
  return (
    <a className={css.file} href={file.url} download={file.name} rel="noopener">
      {inside}
      <Icon of={Download} size={20} />
      <span className="vh">{t("download")}</span>
    </a>
  );
}
