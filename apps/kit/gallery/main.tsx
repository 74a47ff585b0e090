import "../src/look/fonts/inter.css";
import "../src/look/fonts/golos.css";
import "../src/look/styles.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { keys } from "../src/keys/keys.ts";
import { setDensity, setTheme } from "../src/look/theme.ts";
import { Toasts } from "../src/ui/Toasts.tsx";
import { setLanguage } from "../src/words/language.ts";
import { Gallery } from "./Gallery.tsx";
import { PortalGallery, wearTenant } from "./PortalGallery.tsx";

// ?theme=dark&lang=en&density=compact&app=portal
const query = new URLSearchParams(location.search);
const portal = query.get("app") === "portal";
setTheme(query.get("theme") === "dark" ? "dark" : "light");
setDensity(query.get("density") === "compact" ? "compact" : "comfort");
setLanguage(query.get("lang") === "en" ? "en" : "ru");
if (portal) {
  document.documentElement.dataset.app = "portal";
  wearTenant();
}
keys.listen(document);

const part = query.get("part");
const LiveGallery = part === "live" ? (await import("./LiveGallery.tsx")).LiveGallery : null;
const ClockGallery = part === "clock" ? (await import("./ClockGallery.tsx")).ClockGallery : null;

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      {LiveGallery ? <LiveGallery /> : ClockGallery ? <ClockGallery /> : portal ? <PortalGallery /> : <Gallery />}
      <Toasts undoKeys="Mod+KeyZ" />
    </StrictMode>,
  );
}
