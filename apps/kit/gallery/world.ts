import type { RowClock } from "../src/api/sla.ts";
import type { TenantFace } from "../src/look/tenant.ts";

const face = (
  slug: string,
  code: string,
  name: string,
  light: [string, string, string],
  dark: [string, string, string, string],
): TenantFace => ({
  slug,
  code,
  name,
  look: {
    light: { solid: light[0], on: "#fff", text: light[1], strip: light[0], tint: light[2] },
    dark: { solid: dark[0], on: "#0d1116", text: dark[1], strip: dark[2], tint: dark[3] },
    logo_url: null,
  },
});

/** Invented customers, as the reference pictures have them. */
export const acme = face("acme", "ACME", "АКМЕ Ритейл", ["#6a3fd0", "#5f37c0", "#f0ebfc"], ["#a98bf5", "#bda6fa", "#9a78f0", "#2a2145"]);
export const lis = face("lis", "ЛИС", "ЛиС Автоматика", ["#0c7a70", "#0a6c63", "#e0f4f1"], ["#3fbdae", "#62d0c3", "#2aa899", "#123330"]);
export const rom = face("rom", "РОМ", "Ромашка", ["#b92c6d", "#a62561", "#fce9f1"], ["#f07fb0", "#f59cc2", "#e0649b", "#411a2c"]);
export const nrd = face("nrd", "NRD", "Nordlicht", ["#0b6f9c", "#0a6289", "#e1f2fa"], ["#55b9e0", "#7ccbea", "#369fca", "#11303f"]);

export const tenants = [acme, rom, lis, nrd].map((tenant, index) => ({
  ...tenant,
  pin: index + 1,
  counts: { open: [14, 5, 8, 7][index] ?? 0 },
}));
export const maria = { name: "Мария Белова", initials: "МБ" };
export const oleg = { name: "Олег Карпов", initials: "ОК" };
export const ivan = { name: "Иван Петров", initials: "ИП" };

const minute = 60_000;
/** An instant so many minutes from now. */
export function inMinutes(minutes: number): string {
  return new Date(Math.floor(Date.now() / minute) * minute + minutes * minute).toISOString();
}

/** Promises in each of their states; one of four hours, of which so many minutes are left. */
export function clocks(): RowClock[] {
  return [-4, 6, 40, 100, 290].map((minutes) => ({
    kind: "resolution",
    due_at: inMinutes(minutes),
    target_seconds: minutes > 200 ? 18_000 : 14_400,
    working_seconds_left: minutes * 60,
    open_now: true,
    changes_at: null,
    always: minutes !== 40,
    time_zone: "Europe/Moscow",
    breached: minutes < 0,
  }));
}
