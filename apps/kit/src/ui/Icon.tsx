import type { LucideIcon } from "lucide-react";

/** A drawn icon in the colour of its text: 12 in chips and meta, 16 by default, 20 in the rail, 24 in the portal. */
export function Icon({ of: Drawing, size = 16, className }: { of: LucideIcon; size?: 12 | 14 | 16 | 20 | 24; className?: string }) {
  return (
    <Drawing
      size={size}
      strokeWidth={size <= 12 ? 1.4 : size >= 24 ? 1.75 : 1.5}
      absoluteStrokeWidth
      aria-hidden="true"
      className={className}
      style={fixed}
    />
  );
}

const fixed = { flex: "none", display: "block" } as const;
