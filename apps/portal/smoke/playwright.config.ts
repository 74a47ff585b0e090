import { defineConfig } from "@playwright/test";
import { chromium, flags } from "../../e2e/browser.ts";

/** The portal alone over its own small server: npx playwright test -c apps/portal/smoke (after a build). */
const origin = "http://127.0.0.1:28091";

export default defineConfig({
  testDir: ".",
  outputDir: "../test-results",
  workers: 1,
  timeout: 40_000,
  reporter: [["list"]],
  expect: { timeout: 8_000 },
  use: {
    actionTimeout: 8_000,
    baseURL: origin,
    locale: "ru-RU",
    timezoneId: "Europe/Moscow",
    reducedMotion: "reduce",
    launchOptions: { executablePath: chromium(), args: flags },
  },
  webServer: { command: "node ../mock/server.mjs", env: { PORT: "28091" }, url: origin, reuseExistingServer: false },
});
