import { type Language, setLanguage, useLanguage } from "../words/language.ts";
import { useWords } from "../words/useWords.ts";
import css from "./Palette.module.css";
import words from "./words.json";

const names = { ru: "Русский", en: "English" } as const;

export interface LanguageSwitchProps {
  languages?: readonly Language[];
  /** After the page has changed: save the choice on the server. */
  onChange?: (language: Language) => void;
}

/** RU | EN, each named in its own language. The page changes at once. */
export function LanguageSwitch({ languages = ["ru", "en"], onChange }: LanguageSwitchProps) {
  const t = useWords(words);
  const shown = useLanguage();
  if (languages.length < 2) return null;
  return (
    <fieldset className={css.langs}>
      <legend className="vh">{t("language")}</legend>
      {languages.map((one) => (
        <button
          key={one}
          type="button"
          lang={one}
          className={css.lang}
          aria-pressed={one === shown}
          aria-label={`${one.toUpperCase()}, ${names[one]}`}
          onClick={() => {
            setLanguage(one);
            onChange?.(one);
          }}
        >
          {one.toUpperCase()}
        </button>
      ))}
    </fieldset>
  );
}
