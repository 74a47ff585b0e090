import type { FieldDef } from "@manydesk/kit/api/agent";
import { useFormats } from "@manydesk/kit/words/format";
import { useWords } from "@manydesk/kit/words/useWords";
import words from "./words.json";

/** What stands in a field of the tenant's form, as a person reads it. */
export function Value({ of: value, def }: { of: unknown; def: FieldDef | undefined }) {
  const t = useWords(words);
  const f = useFormats();
  if (value === null || value === undefined || value === "") return <span className="muted">{t("empty")}</span>;
  if (typeof value === "boolean") return <>{value ? t("yes") : t("no")}</>;
  if (def?.kind === "choice") return <>{def.choices?.find((choice) => choice.key === value)?.name ?? String(value)}</>;
  if (def?.kind === "date" && typeof value === "string") return <>{f.date(value)}</>;
  if (typeof value === "number") return <>{f.number(value)}</>;
  return <>{Array.isArray(value) ? value.join(", ") : String(value)}</>;
}
