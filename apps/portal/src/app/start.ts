import { take } from "@manydesk/kit/api/client";
import { type PortalSession, portal, type Site } from "@manydesk/kit/api/portal";
import type { Language } from "@manydesk/kit/words/language";
import { slugOf } from "../parts/place.ts";

/** What the server lays into the page. */
export interface Boot {
  language: Language;
  session: PortalSession | null;
  tenant: Site;
}

export interface Start {
  site: Site;
  session: PortalSession | null;
  language: Language;
}

/**
 * What the portal begins with: from the page itself, or, when the page came without it
 * (the development server), from the API.
 */
export async function laidOut(given: Partial<Boot>): Promise<Start> {
  if (given.tenant) {
    return { site: given.tenant, session: given.session ?? null, language: given.language ?? given.tenant.language };
  }
  const path = { tenant: slugOf(location.hostname) };
  const [site, session] = await Promise.all([
    take(portal.GET("/v1/portal/{tenant}/site", { params: { path } })),
    take(portal.GET("/v1/portal/{tenant}/session", { params: { path } })).catch(() => null),
  ]);
  return { site, session, language: session?.contact.language ?? site.language };
}
