import "@manydesk/kit/fonts/inter.css";
import "@manydesk/kit/styles.css";
import type { Session } from "@manydesk/kit/api/agent";
import { boot } from "@manydesk/kit/look/boot";
import { followMachineTheme, setTheme } from "@manydesk/kit/look/theme";
import { type Language, setLanguage } from "@manydesk/kit/words/language";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App.tsx";
import { makeQueryClient } from "./app/queryClient.ts";
import { makeRouter } from "./app/router.tsx";
import { cacheKeys } from "./parts/cacheKeys.ts";
import { applyPreferences } from "./parts/useSaveMe.ts";

interface Boot {
  language: Language;
  session: Session | null;
}

const { language, session } = boot<Boot>();
const cache = makeQueryClient();
followMachineTheme();
setLanguage(language ?? (navigator.language.startsWith("ru") ? "ru" : "en"));
if (session) {
  cache.setQueryData(cacheKeys.session(), session);
  applyPreferences(session.user);
} else setTheme("system");

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App cache={cache} router={makeRouter(cache)} />
    </StrictMode>,
  );
}
