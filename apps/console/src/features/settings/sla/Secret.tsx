import { toast } from "@manydesk/kit/look/toast";
import { Button } from "@manydesk/kit/ui/Button";
import { useWords } from "@manydesk/kit/words/useWords";
import { Copy } from "lucide-react";
import css from "./Sla.module.css";
import words from "./words.json";

/** What the called address checks signatures with: shown once, the server keeps it sealed. */
export function Secret({ secret }: { secret: string }) {
  const t = useWords(words);
  const copy = () => void navigator.clipboard?.writeText(secret).then(() => toast({ text: t("secret.copied") }));
  return (
    <section aria-label={t("secret.title")}>
      <p role="status">{t("secret.once")}</p>
      <div className={css.secret}>
        <code>{secret}</code>
        <Button size="xs" icon={Copy} onClick={copy}>
          {t("secret.copy")}
        </Button>
      </div>
    </section>
  );
}
