import { LanguageSwitch } from "../src/ui/LanguageSwitch.tsx";
import { Mark } from "../src/ui/Mark.tsx";
import { TenantStrip } from "../src/ui/Tenant.tsx";
import { useWords } from "../src/words/useWords.ts";
import { Conditions } from "./Conditions.tsx";
import { Buttons, Choices, Fields, Marks, Notices } from "./Controls.tsx";
import css from "./gallery.module.css";
import { Thread } from "./Thread.tsx";
import { Floats } from "./Windows.tsx";
import words from "./words.json";
import { acme } from "./world.ts";

export function Gallery() {
  const t = useWords(words);
  return (
    <>
      <TenantStrip tenant={acme} />
      <main className={css.page}>
        <div className={css.head}>
          <Mark size={32} />
          <h1>{t("title")}</h1>
          <LanguageSwitch />
        </div>
        <Buttons />
        <Fields />
        <Choices />
        <Conditions />
        <Marks />
        <Notices />
        <Thread />
        <Floats />
      </main>
    </>
  );
}
