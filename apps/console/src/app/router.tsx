import { isProblem } from "@manydesk/kit/api/problem";
import { boot } from "@manydesk/kit/look/boot";
import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { sessionQuery } from "../parts/useSession.ts";
import { readQueueSearch } from "../parts/views.ts";
import { Crashed } from "./Crashed.tsx";
import { Desk } from "./Desk.tsx";
import { Missing } from "./Missing.tsx";
import { QueueRoute } from "./QueueRoute.tsx";

const root = createRootRouteWithContext<{ cache: QueryClient }>()({ notFoundComponent: Missing, errorComponent: Crashed });

// Signed out ----------------------------------------------------------------------------
const gates = () => import("./Gates.tsx");
const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search): { to?: string } => ({ to: inside(text(search.to)) }),
  beforeLoad: () => {
    if (boot<{ needs_setup: boolean }>().needs_setup) throw redirect({ to: "/setup" });
  },
  component: lazyRouteComponent(gates, "SignInRoute"),
});
const forgotten = createRoute({ getParentRoute: () => root, path: "/forgotten", component: lazyRouteComponent(gates, "ForgottenRoute") });
const reset = createRoute({
  getParentRoute: () => root,
  path: "/password-resets/$token",
  component: lazyRouteComponent(gates, "ResetRoute"),
});
const invitation = createRoute({
  getParentRoute: () => root,
  path: "/invitations/$token",
  component: lazyRouteComponent(gates, "InvitationRoute"),
});
const setup = createRoute({ getParentRoute: () => root, path: "/setup", component: lazyRouteComponent(gates, "SetupRoute") });

// Signed in -----------------------------------------------------------------------------
const desk = createRoute({
  getParentRoute: () => root,
  id: "desk",
  component: Desk,
  beforeLoad: async ({ context, location }) => {
    try {
      const session = await context.cache.ensureQueryData(sessionQuery);
      if (session.installation.needs_setup) throw redirect({ to: "/setup" });
    } catch (error) {
      if (!isProblem(error) || error.status !== 401) throw error;
      if (error.extra.needs_setup) throw redirect({ to: "/setup" });
      throw redirect({ to: "/sign-in", search: location.href === "/" || location.href === "/q" ? {} : { to: location.href } });
    }
  },
});
const home = createRoute({
  getParentRoute: () => desk,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/q" });
  },
});
const queue = createRoute({ getParentRoute: () => desk, path: "/q", validateSearch: readQueueSearch, component: QueueRoute });
const ticket = createRoute({
  getParentRoute: () => desk,
  path: "/t/$tenant/tickets/$ref",
  validateSearch: (search): { mode?: "reply" | "note"; why?: true } => ({
    mode: search.mode === "reply" || search.mode === "note" ? search.mode : undefined,
    why: search.why === true ? true : undefined,
  }),
  component: lazyRouteComponent(() => import("./TicketRoute.tsx"), "TicketRoute"),
});
const opening = createRoute({
  getParentRoute: () => desk,
  path: "/new",
  validateSearch: (search): { tenant?: string; subject?: string } => ({ tenant: text(search.tenant), subject: text(search.subject) }),
  component: lazyRouteComponent(() => import("./OpeningRoute.tsx"), "OpeningRoute"),
});
const settings = createRoute({
  getParentRoute: () => desk,
  path: "/t/$tenant/settings/$section",
  component: lazyRouteComponent(() => import("./SettingsRoute.tsx"), "SettingsRoute"),
});
const distribution = createRoute({
  getParentRoute: () => desk,
  path: "/t/$tenant/distribution",
  component: lazyRouteComponent(() => import("./DistributionRoute.tsx"), "DistributionRoute"),
});
const newTenant = createRoute({
  getParentRoute: () => desk,
  path: "/tenants/new",
  component: lazyRouteComponent(() => import("./NewTenantRoute.tsx"), "NewTenantRoute"),
});
const provider = createRoute({
  getParentRoute: () => desk,
  path: "/providers/$provider",
  component: lazyRouteComponent(() => import("./ProviderRoute.tsx"), "ProviderRoute"),
});
const me = createRoute({
  getParentRoute: () => desk,
  path: "/me",
  component: lazyRouteComponent(() => import("./MeRoute.tsx"), "MeRoute"),
});
const reference = createRoute({
  getParentRoute: () => desk,
  path: "/r/$ref",
  component: lazyRouteComponent(() => import("./ReferenceRoute.tsx"), "ReferenceRoute"),
});

const routeTree = root.addChildren([
  signIn,
  forgotten,
  reset,
  invitation,
  setup,
  desk.addChildren([home, queue, ticket, opening, settings, distribution, newTenant, provider, me, reference]),
]);

export function makeRouter(cache: QueryClient) {
  return createRouter({ routeTree, context: { cache }, defaultPreload: false, defaultPendingMs: 150, scrollRestoration: false });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}

/** Only addresses of this site may be returned to after signing in. */
function inside(to: string | undefined): string | undefined {
  return to?.startsWith("/") && !to.startsWith("//") && !to.startsWith("/\\") ? to : undefined;
}
