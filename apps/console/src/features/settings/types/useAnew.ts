import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { cacheKeys } from "../../../parts/cacheKeys.ts";

/** What is published is what every form asks and every condition knows from then on: they are read anew. */
export function useAnew(tenant: string, version: number): void {
  const cache = useQueryClient();
  const known = useRef(version);
  useEffect(() => {
    if (known.current === version) return;
    known.current = version;
    for (const part of ["desk", "condition-fields", "form", "fields", "ticket-types"]) {
      void cache.invalidateQueries({ queryKey: [...cacheKeys.tenant(tenant), part] });
    }
  }, [cache, tenant, version]);
}
