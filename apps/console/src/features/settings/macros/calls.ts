import type { MacroSpec } from "@manydesk/kit/api/route";
import type { Setting } from "../drafting/setting.ts";
import { settingsQuery, useSettings } from "../drafting/useSettings.ts";

export type Macro = Setting<MacroSpec>;

/** All macros of a tenant, in the order in which they are offered. */
export const macrosQuery = (tenant: string) => settingsQuery<MacroSpec>(tenant, "macros");

export const useMacros = (tenant: string) => useSettings<MacroSpec>(tenant, "macros");
