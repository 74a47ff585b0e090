import type { BrandDraft } from "@manydesk/kit/api/agent";
import type { Accent } from "@manydesk/kit/look/tenant";
import { useWords } from "@manydesk/kit/words/useWords";
import type { CSSProperties } from "react";
import css from "./Brand.module.css";
import settings from "./Settings.module.css";
import words from "./words.json";

/** The portal's top in both themes, in the colours that the guard made of one. */
export function BrandPreview({ draft, name, greeting }: { draft: BrandDraft; name: string; greeting: string }) {
  const t = useWords(words);
  return (
    <section className={css.preview} aria-label={t("brand.preview")}>
      <h3 className={settings.h3}>{t("brand.preview")}</h3>
      {(["light", "dark"] as const).map((theme) => (
        <figure key={theme}>
          <figcaption className="muted s12">{t(`brand.${theme}`)}</figcaption>
          <div className={css.sample} data-sample={theme} style={colours(draft.accents[theme], theme)}>
            <i />
            <div>
              <span className={css.top}>
                {draft.logo_url ? (
                  <img src={draft.logo_url} alt="" />
                ) : (
                  <span className={css.mark} aria-hidden="true">
                    {[...name][0]?.toUpperCase()}
                  </span>
                )}
                {name}
              </span>
              {greeting && <p>{greeting}</p>}
              <span className={css.cta}>{t("brand.button")}</span>
              <span className={css.line}>{t("brand.link")}</span>
            </div>
          </div>
        </figure>
      ))}
    </section>
  );
}

// Both themes stand side by side here, so their grounds are given and not inherited from the page.
function colours(accent: Accent, theme: "light" | "dark"): CSSProperties {
  const own: Record<string, string> = { colorScheme: theme };
  for (const [key, value] of Object.entries(accent)) own[`--t-${key}`] = value;
  return own;
}
