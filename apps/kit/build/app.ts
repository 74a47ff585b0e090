import react from "@vitejs/plugin-react";
import type { UserConfig } from "vite";
import { compress } from "./compress.ts";
import { words } from "./words.ts";

/**
 * The build of a web app: hashed assets under `/assets/`, nothing inlined (the site's
 * policy allows only its own files), ready-made brotli and gzip siblings.
 * In development `/v1`, `/brand` and `/files` go to a running server, MANYDESK_ORIGIN.
 */
export function app(port: number): UserConfig {
  const origin = process.env.MANYDESK_ORIGIN ?? "http://127.0.0.1:8080";
  const proxied = { target: origin, changeOrigin: false };
  return {
    plugins: [words(), react(), compress()],
    css: { modules: { generateScopedName: process.env.NODE_ENV === "production" ? "[hash:base64:6]" : "[name]_[local]" } },
    worker: { format: "es", plugins: () => [words()] },
    server: { host: "127.0.0.1", port, strictPort: true, proxy: { "/v1": proxied, "/brand": proxied, "/files": proxied } },
    build: {
      target: "es2023",
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      emptyOutDir: true,
    },
  };
}
