import { setTheme, type Theme } from "@manydesk/kit/look/theme";

const key = "theme";

/** The theme this browser was told to wear; without a word it follows the machine. */
export function chosenTheme(): Theme {
  const kept = read();
  return kept === "light" || kept === "dark" ? kept : "system";
}

export function chooseTheme(theme: Theme): void {
  try {
    localStorage.setItem(key, theme);
  } catch {
    // A private window keeps nothing: the choice holds until the page is closed.
  }
  setTheme(theme);
}

export function wearTheme(): void {
  setTheme(chosenTheme());
}

function read(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
