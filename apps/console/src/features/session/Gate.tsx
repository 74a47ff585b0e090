import { isProblem } from "@manydesk/kit/api/problem";
import { Icon } from "@manydesk/kit/ui/Icon";
import { LanguageSwitch } from "@manydesk/kit/ui/LanguageSwitch";
import { Mark } from "@manydesk/kit/ui/Mark";
import { useWords } from "@manydesk/kit/words/useWords";
import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useTitle } from "../../parts/useTitle.ts";
import css from "./Gate.module.css";
import words from "./words.json";

/** The page of everyone who is not signed in yet: one card with one thing to do. */
export function Gate({ title, lead, wide, children }: { title: string; lead?: string; wide?: boolean; children: ReactNode }) {
  useTitle(title);
  return (
    <div className={css.gate}>
      <div className={css.strip} />
      <main className={wide ? `${css.card} ${css.wide}` : css.card}>
        <div className={css.mark}>
          <Mark size={24} />
          Manydesk
        </div>
        <div>
          <h1>{title}</h1>
          {lead && <p className={css.lead}>{lead}</p>}
        </div>
        {children}
      </main>
      <footer className={css.foot}>
        <LanguageSwitch />
      </footer>
    </div>
  );
}

/** Why the last attempt failed, said at once. Field errors stand at their fields. */
export function Failure({ error }: { error: unknown }) {
  const t = useWords(words);
  if (!error) return null;
  const text = isProblem(error) && error.title ? (error.detail ?? error.title) : t("failed");
  return (
    <p className={css.problem} role="alert">
      <Icon of={CircleAlert} />
      {text}
    </p>
  );
}
