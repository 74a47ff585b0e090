import type { Site } from "@manydesk/kit/api/portal";
import { useState } from "react";
import css from "./Logo.module.css";

/** The tenant's own picture; without one, its name beside a tile with its first letter. */
export function Logo({ tenant, large }: { tenant: Site["tenant"]; large?: boolean }) {
  const [broken, setBroken] = useState(false);
  const url = tenant.look.logo_url;
  if (url && !broken) {
    return <img className={large ? css.large : css.image} src={url} alt={tenant.name} onError={() => setBroken(true)} />;
  }
  return (
    <span className={large ? css.bigword : css.word}>
      <span className={css.tile} aria-hidden="true">
        {[...tenant.name][0]?.toUpperCase()}
      </span>
      <span className={css.name}>{tenant.name}</span>
    </span>
  );
}
