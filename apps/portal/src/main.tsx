import "@manydesk/kit/fonts/golos.css";
import "@manydesk/kit/styles.css";
import { boot } from "@manydesk/kit/look/boot";
import { type Language, setLanguage } from "@manydesk/kit/words/language";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";

const { language } = boot<{ language: Language }>();
setLanguage(language ?? "ru");

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
