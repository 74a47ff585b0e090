import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Where the machine's Chromium is: the CHROMIUM setting, else the first one on PATH; the one without windows of its own is quicker. */
export function chromium(): string {
  const set = process.env.CHROMIUM;
  if (set) return set;
  const names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    for (const name of names) {
      const path = join(folder, name);
      if (runs(path)) return path;
    }
  }
  throw new Error("no Chromium on PATH: install Debian's chromium-headless-shell or chromium, or set CHROMIUM");
}

export const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];

function runs(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
