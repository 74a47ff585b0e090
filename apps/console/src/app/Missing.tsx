import { ButtonLink } from "@manydesk/kit/ui/Button";
import { EmptyState } from "@manydesk/kit/ui/EmptyState";
import { useWords } from "@manydesk/kit/words/useWords";
import { SearchX } from "lucide-react";
import { useTitle } from "../parts/useTitle.ts";
import words from "./words.json";

export function Missing() {
  const t = useWords(words);
  useTitle(t("missing"));
  return (
    <main>
      <h1 className="vh">{t("missing")}</h1>
      <EmptyState icon={SearchX} title={t("missing")} actions={<ButtonLink href="/q">{t("toQueue")}</ButtonLink>}>
        {t("missing.text")}
      </EmptyState>
    </main>
  );
}
