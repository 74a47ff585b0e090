import { Outlet, useMatches } from "@tanstack/react-router";
import { useEffect } from "react";
import { PasswordAgain } from "../features/session/PasswordAgain.tsx";
import { AwayBanner, AwayDialog } from "../features/shell/Away.tsx";
import { ConnectionBanner } from "../features/shell/ConnectionBanner.tsx";
import { Layout } from "../features/shell/Layout.tsx";
import { Palette } from "../features/shell/Palette.tsx";
import { ShellKeys } from "../features/shell/ShellKeys.tsx";
import { applyPreferences } from "../parts/useSaveMe.ts";
import { useMyTenant, useSession } from "../parts/useSession.ts";
import { useLive } from "./useLive.ts";

/** Everything behind the sign-in: the frame, the keys of all pages, the live channel. */
export function Desk() {
  const { user } = useSession();
  const tenant = useMyTenant(useTenantOfPage());
  useLive();
  useEffect(() => applyPreferences(user), [user]);
  return (
    <Layout
      tenant={tenant}
      banner={
        <>
          <ConnectionBanner />
          <AwayBanner />
        </>
      }
    >
      <ShellKeys tenant={tenant?.slug} />
      <Palette />
      <PasswordAgain />
      <AwayDialog />
      <Outlet />
    </Layout>
  );
}

// Whose page this is stands in the address and nowhere else.
function useTenantOfPage(): string | undefined {
  return useMatches({
    select: (matches) => {
      const last = matches.at(-1);
      const params = last?.params as { tenant?: string } | undefined;
      const search = last?.search as { scope?: string; tenant?: string } | undefined;
      return params?.tenant ?? search?.scope ?? search?.tenant;
    },
  });
}
