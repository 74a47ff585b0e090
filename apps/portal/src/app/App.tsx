import type { PortalSession, Site } from "@manydesk/kit/api/portal";
import { Toasts } from "@manydesk/kit/ui/Toasts";
import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { Redirect, Route, Switch, useLocation, useSearch } from "wouter";
import { Shell } from "../features/shell/Shell.tsx";
import { Bones } from "../parts/Bones.tsx";
import { innerPath } from "../parts/place.ts";
import { keys, Tenant, useSession } from "../parts/portal.ts";
import { Catch } from "./Catch.tsx";
import { Missing } from "./Missing.tsx";
import { ConnectionLine, useLive } from "./useLive.tsx";

// Each page brings its own, so that no page pays for another: the budget is of a page, not of the portal.
const Home = lazy(() => import("../features/home/Home.tsx"));
const Requests = lazy(() => import("../features/requests/Requests.tsx"));
const SignIn = lazy(() => import("../features/signin/SignIn.tsx"));
const SignInByLink = lazy(() => import("../features/signin/SignInByLink.tsx"));
const Request = lazy(() => import("../features/request/Request.tsx"));
const Filing = lazy(() => import("../features/filing/Filing.tsx"));
const Me = lazy(() => import("../features/me/Me.tsx"));
const RatePage = lazy(() => import("../features/rating/RatePage.tsx"));

export function App({ cache, site, session }: { cache: QueryClient; site: Site; session: PortalSession | null }) {
  useState(() => {
    cache.setQueryData(keys.site(), site);
    cache.setQueryData(keys.session(), session);
  });
  return (
    <QueryClientProvider client={cache}>
      <Tenant value={site.tenant.slug ?? location.hostname.split(".")[0] ?? ""}>
        <Catch>
          <Pages />
        </Catch>
        <Toasts />
      </Tenant>
    </QueryClientProvider>
  );
}

function Pages() {
  return (
    <Switch>
      <Route path="/sign-in">
        <Enter />
      </Route>
      <Route path="/sign-in/:token">
        {({ token }) => (
          <Suspense>
            <SignInByLink token={token} />
          </Suspense>
        )}
      </Route>
      <Route path="/rate/:token">
        {({ token }) => (
          <Suspense>
            <RatePage token={token} />
          </Suspense>
        )}
      </Route>
      <Route>
        <Inside />
      </Route>
    </Switch>
  );
}

function Enter() {
  const session = useSession();
  const to = innerPath(new URLSearchParams(useSearch()).get("to"));
  if (session) return <Redirect to={to} replace />;
  return (
    <Suspense>
      <SignIn />
    </Suspense>
  );
}

/** Everything behind the sign-in. */
function Inside() {
  const session = useSession();
  const [path] = useLocation();
  if (!session) return <Redirect to={path === "/" ? "/sign-in" : `/sign-in?to=${encodeURIComponent(path)}`} replace />;
  return <SignedIn company={session.contact.sees === "company"} />;
}

function SignedIn({ company }: { company: boolean }) {
  const live = useLive();
  const page = (node: ReactNode) => <Suspense fallback={<Waiting />}>{node}</Suspense>;
  return (
    <Shell company={company} notice={live && <ConnectionLine live={live} />}>
      <Catch>
        <Switch>
          <Route path="/">{page(<Home />)}</Route>
          <Route path="/new">{page(<Filing />)}</Route>
          <Route path="/requests">{page(<Requests whose="mine" />)}</Route>
          <Route path="/company">{page(<Requests whose="company" allowed={company} />)}</Route>
          <Route path="/requests/:ref">{({ ref }) => page(<Request key={ref} reference={decodeURIComponent(ref)} />)}</Route>
          <Route path="/me">{page(<Me />)}</Route>
          <Route>
            <Missing />
          </Route>
        </Switch>
      </Catch>
    </Shell>
  );
}

function Waiting() {
  return (
    <main id="content">
      <Bones />
    </main>
  );
}
