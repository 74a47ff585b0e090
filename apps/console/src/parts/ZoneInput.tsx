import { Input } from "@manydesk/kit/ui/Input";
import { useId } from "react";

const zones = Intl.supportedValuesOf("timeZone");

/** A time zone by its IANA name, with all names to choose from. Inside a Field. */
export function ZoneInput({ value, onChange }: { value: string; onChange: (zone: string) => void }) {
  const id = useId();
  return (
    <>
      <Input list={id} value={value} onChange={(event) => onChange(event.target.value)} required />
      <datalist id={id}>
        {zones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </>
  );
}
