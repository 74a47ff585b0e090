/** Cuts a server's sentence in two: what stands out («В работе.») and the rest of it. */
export function leadOf(sentence: string): [string, string] {
  const end = sentence.search(/[.,:](\s|$)/);
  if (end < 0 || end > 40) return [sentence, ""];
  return [sentence.slice(0, end + 1), sentence.slice(end + 1)];
}

/** The name a person is greeted by; nothing when it is no name but an address. */
export function firstName(name: string): string {
  const first = name.trim().split(/\s+/)[0] ?? "";
  return first.includes("@") ? "" : first;
}

export type Daytime = "night" | "morning" | "day" | "evening";

/** Which greeting an hour deserves. */
export function daytime(hour: number): Daytime {
  if (hour < 5) return "night";
  if (hour < 12) return "morning";
  return hour < 18 ? "day" : "evening";
}

/** A quotation to be put into quotes: those inside it become the inner ones, «…„…“…» and “…‘…’…”. */
export function quotable(text: string, language: "ru" | "en"): string {
  const [open, close] = language === "ru" ? ["„", "“"] : ["‘", "’"];
  return language === "ru" ? text.replaceAll("«", open).replaceAll("»", close) : text.replaceAll("“", open).replaceAll("”", close);
}
