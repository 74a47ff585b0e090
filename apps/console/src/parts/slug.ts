const latin: Record<string, string> = {
  а: "a",
  б: "b",
  в: "v",
  г: "g",
  д: "d",
  е: "e",
  ё: "e",
  ж: "zh",
  з: "z",
  и: "i",
  й: "y",
  к: "k",
  л: "l",
  м: "m",
  н: "n",
  о: "o",
  п: "p",
  р: "r",
  с: "s",
  т: "t",
  у: "u",
  ф: "f",
  х: "h",
  ц: "ts",
  ч: "ch",
  ш: "sh",
  щ: "sch",
  ъ: "",
  ы: "y",
  ь: "",
  э: "e",
  ю: "yu",
  я: "ya",
};

/** A portal address from a company's name: «АКМЕ Ритейл» → `akme-riteyl`. At most 40 characters. */
export function slugOf(name: string): string {
  return [...name.toLowerCase()]
    .map((letter) => latin[letter] ?? letter)
    .join("")
    .replaceAll(/[^0-9a-z]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 40)
    .replace(/-+$/, "");
}

/** A short code for ticket names: the first letters of the name in capitals, `АКМЕ`. */
export function codeOf(name: string): string {
  return name
    .replaceAll(/[^\p{L}\p{N}]/gu, "")
    .slice(0, 4)
    .toUpperCase();
}
