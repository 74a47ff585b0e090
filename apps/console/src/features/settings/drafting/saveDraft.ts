import { ifMatch } from "@manydesk/kit/api/client";
import { ask } from "../../../parts/ask.ts";
import type { Setting } from "./setting.ts";
import type { Upon } from "./useDrafted.ts";

/** Keeps a draft where nobody else has saved since `upon`. Problem `changed_meanwhile` where somebody has. */
export async function saveDraft<S extends Setting<unknown>>(path: string, spec: unknown, upon: Upon): Promise<S> {
  const headers = upon.current ? ifMatch(upon.current) : undefined;
  const saved = await ask<S>("patch", path, { body: { spec }, headers });
  upon.current = saved.revision ?? null;
  return saved;
}
