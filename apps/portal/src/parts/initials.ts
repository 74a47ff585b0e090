/** One or two letters for a face: «ИП» from «Иван Петров», «A» from an address. */
export function initials(name: string): string {
  const letters = name
    .split(/[\s@._-]+/)
    .map((word) => [...word][0] ?? "")
    .filter((letter) => /\p{L}|\p{N}/u.test(letter));
  const shown = name.includes("@") ? letters.slice(0, 1) : [...letters.slice(0, 1), ...(letters.length > 1 ? letters.slice(-1) : [])];
  return shown.join("").toUpperCase();
}
