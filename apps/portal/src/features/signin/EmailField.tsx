import { Icon } from "@manydesk/kit/ui/Icon";
import { useWords } from "@manydesk/kit/words/useWords";
import { Mail } from "lucide-react";
import page from "../../parts/page.module.css";
import words from "./words.json";

/** The three pages of the sign-in. */
export type Way = "letter" | "code" | "password";

export function EmailField({
  email,
  onEmail,
  missed,
  complete,
}: {
  email: string;
  onEmail: (email: string) => void;
  missed: boolean;
  complete: string;
}) {
  const t = useWords(words);
  return (
    <div className={page.f}>
      <label htmlFor="email" className={page.label}>
        {t("email")}
      </label>
      <input
        id="email"
        className={page.in}
        type="email"
        inputMode="email"
        autoComplete={complete}
        autoCapitalize="none"
        spellCheck={false}
        required
        value={email}
        onChange={(event) => onEmail(event.target.value)}
        aria-invalid={missed || undefined}
        aria-describedby={missed ? "email-error" : undefined}
      />
      {missed && (
        <p id="email-error" className={page.bad} role="alert">
          <Icon of={Mail} />
          {t("needEmail")}
        </p>
      )}
    </div>
  );
}
