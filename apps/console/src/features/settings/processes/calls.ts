import type { ProcessSpec } from "@manydesk/kit/api/route";
import type { Setting } from "../drafting/setting.ts";
import { settingsQuery, useSettings } from "../drafting/useSettings.ts";

export type Process = Setting<ProcessSpec>;

/** All processes of a tenant, in the order in which they are offered. */
export const processesQuery = (tenant: string) => settingsQuery<ProcessSpec>(tenant, "processes");

export const useProcesses = (tenant: string) => useSettings<ProcessSpec>(tenant, "processes");
