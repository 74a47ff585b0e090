import { type Combo, comboOf } from "./combo.ts";

/** One thing that a key does. `id` names it for remapping; `label` is what the `?` sheet says. */
export interface Command {
  id: string;
  keys: Combo | readonly Combo[];
  label: string;
  run: (event: KeyboardEvent) => void;
  /** Works inside text fields too. Only for combos with Mod or Alt, and for Escape. */
  inText?: boolean;
  /** Left out of the sheet: the second name of a key that is shown already. */
  quiet?: boolean;
}

export interface Scope {
  /** Heading in the `?` sheet. */
  name: string;
  commands: readonly Command[];
  /** A dialog: nothing below hears keys while it is open. */
  modal?: boolean;
}

export interface KeySettings {
  /** Single keys can be switched off as a whole (WCAG 2.1.4). */
  singleKeys: boolean;
  /** Command id → combo; an empty string takes the key away. */
  keymap: Readonly<Record<string, Combo>>;
}

const pause = 1000;

/**
 * The keys of the page. Scopes lie on one another, the newest on top; the first command that
 * fits wins. Keys are known by their place (`event.code`), so they work with any layout.
 */
export class Keys {
  #scopes: Scope[] = [];
  #settings: KeySettings = { singleKeys: true, keymap: {} };
  #started: { combo: Combo; at: number } | null = null;
  #listeners = new Set<() => void>();

  configure(settings: KeySettings): void {
    this.#settings = settings;
    this.#tell();
  }

  /** Lays a scope on top. Returns the way to take it off. */
  push(scope: Scope): () => void {
    this.#scopes = [...this.#scopes, scope];
    this.#tell();
    return () => {
      this.#scopes = this.#scopes.filter((one) => one !== scope);
      this.#tell();
    };
  }

  /** Listens on a page. Returns the way to stop. */
  listen(target: Pick<EventTarget, "addEventListener" | "removeEventListener">): () => void {
    const hear = (event: Event) => this.handle(event as KeyboardEvent);
    target.addEventListener("keydown", hear);
    return () => target.removeEventListener("keydown", hear);
  }

  /** Gives a key press to the command that it means; false when it means nothing here. */
  handle(event: KeyboardEvent): boolean {
    if (event.defaultPrevented || event.isComposing || (event.repeat && event.code === "Escape")) return false;
    if (/^(Control|Shift|Alt|Meta)(Left|Right)$/.test(event.code)) return false;
    const combo = comboOf(event);
    const started = this.#started && event.timeStamp - this.#started.at < pause ? this.#started.combo : null;
    this.#started = null;
    const text = isText(event.target);
    const live = this.live().flatMap((scope) => scope.commands);
    const fits = (command: Command, wanted: Combo) =>
      this.combos(command).includes(wanted) &&
      (!text || (command.inText && !isSingle(wanted))) &&
      (this.#settings.singleKeys || !isSingle(wanted));
    const found = (started && live.find((c) => fits(c, `${started} ${combo}`))) || live.find((c) => fits(c, combo));
    if (found) {
      event.preventDefault();
      found.run(event);
      return true;
    }
    const opens = live.some((c) => this.combos(c).some((one) => one.startsWith(`${combo} `) && fits(c, one)));
    if (opens) this.#started = { combo, at: event.timeStamp };
    return false;
  }

  /** The scopes that hear keys now, from the top down to the first modal one. */
  live(): Scope[] {
    const out: Scope[] = [];
    for (const scope of [...this.#scopes].reverse()) {
      out.push(scope);
      if (scope.modal) break;
    }
    return out;
  }

  /** The combos of a command as this person has them. */
  combos(command: Pick<Command, "id" | "keys">): readonly Combo[] {
    const own = this.#settings.keymap[command.id];
    if (own !== undefined) return own === "" ? [] : [own];
    return typeof command.keys === "string" ? [command.keys] : command.keys;
  }

  /** The combo to print for a command id, as this person has it. */
  shown(id: string, fallback: Combo): Combo {
    return this.#settings.keymap[id] ?? fallback;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** No Mod and no Alt in it: `KeyJ`, `Shift+KeyJ`, `KeyG KeyQ`. Escape and function keys are not letters. */
function isSingle(combo: Combo): boolean {
  return !/(^|\+)(Mod|Alt)\+|^Escape$|^F\d+$/.test(combo);
}

/** Where typing belongs to the text and not to the page. */
export function isText(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  if (target instanceof HTMLInputElement) return !/^(checkbox|radio|button|submit|reset|file|range|color)$/.test(target.type);
  return target.closest("[contenteditable=''], [contenteditable='true'], [role='textbox'], [role='combobox'][contenteditable]") !== null;
}

/** The one keyboard of this page. */
export const keys = new Keys();
