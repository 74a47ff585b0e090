import "@manydesk/kit/fonts/golos.css";
import "@manydesk/kit/styles.css";
import "./look.css";
import { boot } from "@manydesk/kit/look/boot";
import { followMachineTheme } from "@manydesk/kit/look/theme";
import { setLanguage } from "@manydesk/kit/words/language";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App.tsx";
import { makeQueryClient } from "./app/queryClient.ts";
import { type Boot, laidOut } from "./app/start.ts";
import { wearTheme } from "./parts/theme.ts";

document.documentElement.dataset.app = "portal";
followMachineTheme();
wearTheme();

const root = document.getElementById("root");
if (root) {
  const cache = makeQueryClient();
  const { site, session, language } = await laidOut(boot<Boot>());
  setLanguage(language);
  createRoot(root).render(
    <StrictMode>
      <App cache={cache} site={site} session={session} />
    </StrictMode>,
  );
}
