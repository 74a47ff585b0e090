import { useEffect } from "react";
import { useSite } from "./portal.ts";

/** Names the page in the browser's tab, after the page the portal. */
export function useTitle(title: string | undefined): void {
  const { tenant } = useSite();
  useEffect(() => {
    document.title = title ? `${title} — ${tenant.name}` : tenant.name;
  }, [title, tenant.name]);
}
