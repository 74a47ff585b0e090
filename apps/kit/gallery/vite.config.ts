import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { words } from "../build/words.ts";
import { stream } from "./stream.ts";

const place = { host: "127.0.0.1", port: 5173, strictPort: true };

export default defineConfig({
  root: new URL(".", import.meta.url).pathname,
  plugins: [words(), react(), stream()],
  worker: { format: "es" },
  server: place,
  preview: place,
  build: { outDir: "dist", emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});
