import { defineConfig } from "@playwright/test";
import { chromium, flags } from "./browser.ts";

/**
 * The browser tests. `kit` opens the gallery of components on its own small server;
 * `console` and `portal` expect a running product at MANYDESK_ORIGIN, with the demo in it;
 * `setup` expects an empty one, and so does `moments`, of the build whose clock can be moved.
 */
const gallery = "http://127.0.0.1:5173";
const product = process.env.MANYDESK_ORIGIN ?? "http://127.0.0.1:8080";

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: {
    locale: "ru-RU",
    timezoneId: "Europe/Moscow",
    viewport: { width: 1440, height: 900 },
    // Of what failed a picture and the page's last state are kept. Each state of each
    // page, most of whose tests pass, took a good part of two cores: TRACE=1 asks for them.
    trace: process.env.TRACE ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
    actionTimeout: 20_000,
    // A window that is still fading in has colours that nobody is meant to read.
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: { executablePath: chromium(), args: flags },
  },
  projects: [
    { name: "kit", testMatch: "kit/**/*.spec.ts", use: { baseURL: gallery } },
    { name: "console", testMatch: "console/**/*.spec.ts", use: { baseURL: product } },
    { name: "setup", testMatch: "setup/**/*.spec.ts", use: { baseURL: product } },
    { name: "portal", testMatch: "portal/**/*.spec.ts", use: { baseURL: product } },
    { name: "moments", testMatch: "moments/**/*.spec.ts", use: { baseURL: product } },
    { name: "day", testMatch: "day/**/*.spec.ts", use: { baseURL: product } },
  ],
  webServer: process.env.MANYDESK_ORIGIN
    ? undefined
    : { command: "npm run serve-gallery -w apps/kit", cwd: "../..", url: gallery, reuseExistingServer: !process.env.CI, timeout: 120_000 },
});
