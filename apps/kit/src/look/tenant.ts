import type { CSSProperties } from "react";

/** Five readable colours made by the server from one brand colour. */
export interface Accent {
  solid: string;
  on: string;
  text: string;
  strip: string;
  tint: string;
}

export interface Look {
  light: Accent;
  dark: Accent;
  logo_url: string | null;
}

/** What the kit needs to show a tenant: a short code, a name and its look. */
export interface TenantFace {
  slug: string;
  name: string;
  code: string;
  look: Look;
}

/** Attributes that give an element and all inside it a tenant's colours, in both themes. */
export function tenantProps(tenant: Pick<TenantFace, "slug" | "look">): { "data-tenant": string; "data-look": ""; style: CSSProperties } {
  const style: Record<string, string> = {};
  for (const [name, value] of Object.entries(tenant.look.light)) style[`--l-${name}`] = value;
  for (const [name, value] of Object.entries(tenant.look.dark)) style[`--d-${name}`] = value;
  return { "data-tenant": tenant.slug, "data-look": "", style };
}
