import type { Language } from "../words/message.ts";

const known: Record<string, Record<Language, string>> = {
  "Europe/Moscow": { ru: "МСК", en: "MSK" },
  UTC: { ru: "UTC", en: "UTC" },
};

/** A zone beside a time, short: «МСК», `UTC+5`, `UTC−3:30` as it stands at that instant. */
export function zoneName(zone: string, at: Date, language: Language): string {
  return known[zone]?.[language] ?? offsetName(zone, at);
}

/** `UTC+3` at that instant. */
export function offsetName(zone: string, at: Date): string {
  const minutes = offset(zone, at);
  if (minutes === 0) return "UTC";
  const rest = Math.abs(minutes) % 60;
  const hours = Math.floor(Math.abs(minutes) / 60);
  return `UTC${minutes < 0 ? "−" : "+"}${hours}${rest ? `:${String(rest).padStart(2, "0")}` : ""}`;
}

/** Whether two zones show the same time at that instant. */
export function sameTime(a: string, b: string, at: Date): boolean {
  return offset(a, at) === offset(b, at);
}

/** The zone this browser lives in. */
export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Minutes east of UTC. */
export function offset(zone: string, at: Date): number {
  const name = partOf(zone, at);
  const [, sign, hours = "0", minutes = "0"] = /GMT([+-])?(\d{1,2})?(?::(\d{2}))?/.exec(name) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

function partOf(zone: string, at: Date): string {
  try {
    const parts = new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeZoneName: "longOffset" }).formatToParts(at);
    return parts.find((part) => part.type === "timeZoneName")?.value ?? "";
  } catch {
    return "";
  }
}
