import { Badge } from "@manydesk/kit/ui/Badge";
import { useFormats } from "@manydesk/kit/words/format";
import { useWords } from "@manydesk/kit/words/useWords";
import css from "./Drafting.module.css";
import type { Setting } from "./setting.ts";
import words from "./words.json";

/** «версия 4, черновик». */
export function State({ setting }: { setting: Setting<unknown> }) {
  const t = useWords(words);
  const { draft, version } = setting;
  if (!draft) return <Badge size="lg">{version === 0 ? t("never") : t("version", { n: version })}</Badge>;
  return <Badge size="lg">{t(draft.state === "proposed" ? "state.versionProposed" : "state.versionDraft", { n: draft.version })}</Badge>;
}

/** «сохранено 12:25», and what stands in its way. */
export function Saved({ state, at }: { state: "saved" | "saving" | "failed"; at: string | null }) {
  const t = useWords(words);
  const f = useFormats();
  return (
    <span className={css.saved} role="status">
      {state === "saving" ? t("saving") : state === "failed" ? t("unsaved") : at ? t("savedAt", { at: f.recent(at) }) : ""}
    </span>
  );
}
