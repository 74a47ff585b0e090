import { FileText, FileWarning, Image } from "lucide-react";
import { useFormats } from "../words/format.ts";
import { useWords } from "../words/useWords.ts";
import css from "./Badge.module.css";
import { Icon } from "./Icon.tsx";
import words from "./words.json";

export interface FileChipProps {
  file: { name: string; mime: string; size: number; url?: string; refused?: string | null };
}

/** One attached file: its name, its size, a download. A refused one says so and has no link. */
export function FileChip({ file }: FileChipProps) {
  const f = useFormats();
  const t = useWords(words);
  const icon = file.refused ? FileWarning : file.mime.startsWith("image/") ? Image : FileText;
  const inside = (
    <>
      <Icon of={icon} />
      <span className={css.name}>{file.name}</span>
      <span className={css.size}>{file.refused ? t("fileRefused") : f.fileSize(file.size)}</span>
    </>
  );
  if (!file.url || file.refused) return <span className={css.file}>{inside}</span>;
  return (
    <a className={css.file} href={file.url} download={file.name} rel="noopener">
      {inside}
    </a>
  );
}
