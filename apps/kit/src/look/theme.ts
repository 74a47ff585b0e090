export type Theme = "light" | "dark" | "system";
export type Density = "comfort" | "compact";

const dark = "(prefers-color-scheme: dark)";
let chosen: Theme = "light";

/** Shows the page in a theme; `system` follows the machine from then on. */
export function setTheme(theme: Theme): void {
  chosen = theme;
  paint();
}

export function setDensity(density: Density): void {
  document.documentElement.dataset.density = density;
}

/** Called once at start, so that `system` follows the machine while the page is open. */
export function followMachineTheme(): void {
  window.matchMedia(dark).addEventListener("change", paint);
}

function paint(): void {
  const shown = chosen === "system" ? (window.matchMedia(dark).matches ? "dark" : "light") : chosen;
  document.documentElement.dataset.theme = shown;
}
