import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { words } from "./build/words.ts";

const project = (name: string) => ({
  plugins: [words(), react()],
  test: {
    name,
    root: new URL(`../${name}/`, import.meta.url).pathname,
    environment: "jsdom",
    // A browser's document made anew for each file took three quarters of the time;
    // what a test renders is taken down after it.
    isolate: false,
    testTimeout: 30_000,
    include: ["src/**/*.test.{ts,tsx}", "build/**/*.test.ts"],
    setupFiles: [new URL("./src/testing/setup.ts", import.meta.url).pathname],
    css: { modules: { classNameStrategy: "non-scoped" as const } },
  },
});

export default defineConfig({
  test: {
    maxWorkers: 2,
    passWithNoTests: true,
    projects: [project("kit"), project("console"), project("portal")],
  },
});
