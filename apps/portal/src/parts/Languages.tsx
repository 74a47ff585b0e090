import { take } from "@manydesk/kit/api/client";
import { portal } from "@manydesk/kit/api/portal";
import { toast } from "@manydesk/kit/look/toast";
import { LanguageSwitch } from "@manydesk/kit/ui/LanguageSwitch";
import type { Language } from "@manydesk/kit/words/language";
import { useWords } from "@manydesk/kit/words/useWords";
import { useQueryClient } from "@tanstack/react-query";
import { keys, useSession, useSite, useTenant } from "./portal.ts";
import words from "./words.json";

/** RU | EN. The page changes at once; the choice is kept in the profile, and the server's sentences are read again. */
export function Languages() {
  const { tenant } = useSite();
  const change = useSpeak();
  return <LanguageSwitch languages={tenant.languages} onChange={change} />;
}

export function useSpeak(): (language: Language) => Promise<void> {
  const path = useTenant();
  const session = useSession();
  const cache = useQueryClient();
  const t = useWords(words);
  return async (language) => {
    if (session) {
      await take(portal.PATCH("/v1/portal/{tenant}/me", { params: { path }, body: { language } }))
        .then((saved) => cache.setQueryData(keys.session(), saved))
        .catch(() => toast({ text: t("unsaved"), kind: "bad", key: "language" }));
    }
    await cache.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
  };
}
