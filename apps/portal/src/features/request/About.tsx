import type { RequestPage } from "@manydesk/kit/api/portal";
import { cx } from "@manydesk/kit/look/cx";
import { Icon } from "@manydesk/kit/ui/Icon";
import { useFormats } from "@manydesk/kit/words/format";
import { useWords } from "@manydesk/kit/words/useWords";
import { Printer } from "lucide-react";
import page from "../../parts/page.module.css";
import { HowTimeWent } from "./Promises.tsx";
import css from "./Request.module.css";
import words from "./words.json";

/** What was asked in the form, who works on it, the print. */
export function About({ request }: { request: RequestPage }) {
  const t = useWords(words);
  const show = useValue();
  return (
    <section className={cx(page.card, page.pad)}>
      <h2 className={cx(page.h2, css.aboutHead)}>{t("about")}</h2>
      <dl className={page.facts}>
        {request.who && (
          <div>
            <dt>{t("who")}</dt>
            <dd>{request.who}</dd>
          </div>
        )}
        {request.type.name && (
          <div>
            <dt>{t("type")}</dt>
            <dd>{request.type.name}</dd>
          </div>
        )}
        {request.fields.map((field) => {
          const value = show(field.value);
          return value ? (
            <div key={field.key}>
              <dt>{field.name}</dt>
              <dd>{value}</dd>
            </div>
          ) : null;
        })}
      </dl>
      <HowTimeWent request={request} />
      <button type="button" className={cx(page.txt, css.print)} onClick={() => window.print()}>
        <Icon of={Printer} size={20} />
        {t("print")}
      </button>
    </section>
  );
}

function useValue(): (value: unknown) => string {
  const t = useWords(words);
  const f = useFormats();
  return (value) => {
    if (value === null || value === undefined) return "";
    if (typeof value === "boolean") return value ? t("yes") : t("no");
    if (typeof value === "number") return f.number(value);
    if (Array.isArray(value)) return value.map(String).join(", ");
    const text = typeof value === "object" ? String((value as { name?: string }).name ?? "") : String(value);
    return /^\d{4}-\d{2}-\d{2}$/.test(text) ? f.date(text) : text;
  };
}
