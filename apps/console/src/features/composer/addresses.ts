/** Reads addresses from one line: commas, semicolons or spaces between them. */
export function readAddresses(line: string): string[] {
  return line.split(/[\s,;]+/).filter((one) => one.includes("@"));
}

/** Puts `text` in the place of a selection. Returns the whole and where the cursor goes. */
export function insert(into: string, text: string, from: number, to: number): { text: string; at: number } {
  return { text: into.slice(0, from) + text + into.slice(to), at: from + text.length };
}
