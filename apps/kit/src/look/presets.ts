export type PresetKey = "hour" | "evening" | "tomorrow" | "monday";

/** Times that people mean when they put something off, in the viewer's zone; those gone by are left out. */
export function presets(now: Date): { key: PresetKey; at: Date }[] {
  const hour = new Date(now.getTime() + 3_600_000);
  hour.setMinutes(Math.ceil(hour.getMinutes() / 5) * 5, 0, 0);
  const out: { key: PresetKey; at: Date }[] = [{ key: "hour", at: hour }];
  const evening = at(now, 0, 18);
  if (evening.getTime() - now.getTime() > 2 * 3_600_000) out.push({ key: "evening", at: evening });
  out.push({ key: "tomorrow", at: at(now, 1, 9) });
  const days = (8 - now.getDay()) % 7 || 7;
  if (days > 1) out.push({ key: "monday", at: at(now, days, 9) });
  return out;
}

function at(now: Date, days: number, hour: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour);
}

/** `2026-11-23T12:30`, what a datetime-local field takes. */
export function toLocal(date: Date): string {
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}
