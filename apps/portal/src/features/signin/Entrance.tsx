import type { ReactNode } from "react";
import { Languages } from "../../parts/Languages.tsx";
import { Logo } from "../../parts/Logo.tsx";
import { useSite } from "../../parts/portal.ts";
import css from "./SignIn.module.css";

/** The quiet page before the portal: the tenant's face, one card, the language. */
export function Entrance({ children }: { children: ReactNode }) {
  const { tenant } = useSite();
  return (
    <div className={css.page}>
      <header className={css.langs}>
        <Languages />
      </header>
      <main id="content" className={css.card}>
        <div className={css.logo}>
          <Logo tenant={tenant} large />
        </div>
        {children}
      </main>
    </div>
  );
}
