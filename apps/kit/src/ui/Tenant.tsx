import { cx } from "../look/cx.ts";
import { type TenantFace, tenantProps } from "../look/tenant.ts";
import css from "./Badge.module.css";

/** The 4 px line of the tenant's colour on top of whatever belongs to it; neutral without one. */
export function TenantStrip({ tenant }: { tenant?: Pick<TenantFace, "slug" | "look"> | null }) {
  return <span className={css.strip} {...(tenant ? tenantProps(tenant) : {})} aria-hidden="true" />;
}

/** The tenant's logo, or the first letter of its name on its colour. The name stands beside it. */
export function TenantTile({ tenant, size = 20 }: { tenant: TenantFace; size?: 20 | 28 }) {
  return (
    <span className={cx(css.tile, size === 28 && css.tile28)} {...tenantProps(tenant)} aria-hidden="true">
      {tenant.look.logo_url ? <img src={tenant.look.logo_url} alt="" /> : [...tenant.name][0]?.toUpperCase()}
    </span>
  );
}

/** The tenant's code in its tint: «ACME». Colour is never the only sign. */
export function TenantBadge({ tenant }: { tenant: TenantFace }) {
  return (
    <span className={css.code} {...tenantProps(tenant)} title={tenant.name}>
      {tenant.code}
    </span>
  );
}
