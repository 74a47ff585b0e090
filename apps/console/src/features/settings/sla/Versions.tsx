import { tenantPath } from "../../../parts/ask.ts";
import type { Setting } from "../drafting/setting.ts";
import { Versions as AnyVersions } from "../drafting/Versions.tsx";
import { useSettings } from "./calls.ts";
import type { CalendarSpec, PolicySpec, Specs } from "./spec.ts";
import { useLines } from "./useLines.ts";

type Kind = "sla-policies" | "calendars";
interface Props<K extends Kind> {
  tenant: string;
  kind: K;
  setting: Setting<Specs[K]>;
  readOnly: boolean;
}

/** What the draft of a policy or a calendar changes, and the way back to what was. */
export function Versions<K extends Kind>({ tenant, kind, setting, readOnly }: Props<K>) {
  const lines = useLines(tenant);
  const { discard, restore } = useSettings(tenant, kind);
  const { key } = setting;
  return (
    <AnyVersions<PolicySpec | CalendarSpec>
      setting={setting}
      path={tenantPath(tenant, kind, key)}
      readOnly={readOnly}
      lines={(spec) => (kind === "calendars" ? lines.calendars(spec as CalendarSpec) : lines.policies(spec as PolicySpec))}
      discard={{ mutate: (_, told) => discard.mutate(key, told) }}
      restore={{ mutate: (version, told) => restore.mutate({ key, version }, told) }}
    />
  );
}
