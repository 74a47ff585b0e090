import type { Combo } from "@manydesk/kit/keys/combo";

/** Commands that may have another key, by the names that the pages give them, with their usual keys. */
export const remappable = {
  queue: [
    ["queue.down", "KeyJ"],
    ["queue.up", "KeyK"],
    ["queue.open", "KeyO"],
    ["queue.select", "KeyX"],
    ["queue.take", "KeyI"],
    ["queue.assign", "KeyA"],
    ["queue.resolve", "KeyE"],
    ["queue.postpone", "KeyH"],
    ["queue.priority", "KeyP"],
    ["queue.status", "KeyS"],
    ["queue.next", "KeyN"],
  ],
  ticket: [
    ["ticket.reply", "KeyR"],
    ["ticket.note", "KeyM"],
    ["ticket.resolve", "KeyE"],
    ["ticket.assign", "KeyA"],
    ["ticket.take", "KeyI"],
    ["ticket.postpone", "KeyH"],
    ["ticket.task", "KeyT"],
    ["ticket.macro", "Semicolon"],
    ["ticket.previous", "BracketLeft"],
    ["ticket.following", "BracketRight"],
    ["ticket.back", "KeyU"],
  ],
  go: [
    ["go.new", "KeyC"],
    ["go.search", "Slash"],
    ["go.queue", "KeyG KeyQ"],
    ["go.settings", "KeyG KeyS"],
    ["go.me", "KeyG KeyM"],
  ],
} as const satisfies Record<string, readonly (readonly [string, Combo])[]>;

export type Remappable = (typeof remappable)[keyof typeof remappable][number][0];

/** The key map with one command changed; its usual key needs no entry. */
export function withKey(keymap: Readonly<Record<string, Combo>>, id: string, combo: Combo, usual: Combo): Record<string, Combo> {
  const { [id]: _old, ...rest } = keymap;
  return combo === usual ? rest : { ...rest, [id]: combo };
}
