/** `Mod` is Ctrl, on a Mac ⌘. Sequences are two combos parted by a space: `KeyG KeyQ`. */
export type Combo = string;

const mac = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? "");

const names: Record<string, string> = {
  Enter: "↵",
  Escape: "Esc",
  Space: "␣",
  Slash: "/",
  Semicolon: ";",
  Period: ".",
  Comma: ",",
  BracketLeft: "[",
  BracketRight: "]",
  Backspace: "⌫",
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  "Shift+Slash": "?",
  "Shift+Digit3": "#",
};

/** What to print on the key cap: `KeyJ` → `J`, `Mod+Enter` → `Ctrl ↵`, `KeyG KeyQ` → `G Q`. */
export function comboLabel(combo: Combo): string {
  return combo
    .split(" ")
    .map((chord) => names[chord] ?? chord.split("+").map(part).join(" "))
    .join(" ");
}

function part(name: string): string {
  if (name === "Mod") return mac ? "⌘" : "Ctrl";
  if (name === "Alt") return mac ? "⌥" : "Alt";
  if (name === "Shift") return mac ? "⇧" : "Shift";
  return names[name] ?? name.replace(/^(Key|Digit|Numpad)/, "");
}

/** For `aria-keyshortcuts`: `Mod+Enter` → `Control+Enter`; empty for sequences, which it cannot say. */
export function comboAria(combo: Combo): string | undefined {
  if (combo.includes(" ")) return undefined;
  return combo
    .split("+")
    .map((name) => (name === "Mod" ? (mac ? "Meta" : "Control") : name.replace(/^(Key|Digit)/, "")))
    .join("+");
}

/** The combo that an event is, by the place of the key and not by its letter. */
export function comboOf(event: Pick<KeyboardEvent, "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">): Combo {
  const parts: string[] = [];
  if (event.ctrlKey || event.metaKey) parts.push("Mod");
  if (event.altKey) parts.push("Alt");
  if (event.shiftKey) parts.push("Shift");
  parts.push(event.code.replace(/^Numpad(\d|Enter)$/, (_, key) => (key === "Enter" ? "Enter" : `Digit${key}`)));
  return parts.join("+");
}
