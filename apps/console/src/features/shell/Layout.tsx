import type { TenantRef } from "@manydesk/kit/api/agent";
import { TenantStrip } from "@manydesk/kit/ui/Tenant";
import { useWords } from "@manydesk/kit/words/useWords";
import type { ReactNode } from "react";
import css from "./Layout.module.css";
import { Rail } from "./Rail.tsx";
import words from "./words.json";

interface Props {
  /** Whose page this is; none for what is over all tenants. */
  tenant?: Pick<TenantRef, "slug" | "look" | "name">;
  banner?: ReactNode;
  children: ReactNode;
}

/** The frame of every signed-in page: the identity strip above everything, the rail, the page. */
export function Layout({ tenant, banner, children }: Props) {
  const t = useWords(words);
  return (
    <div className={css.app}>
      <a className="skip" href="#page">
        {t("skip")}
      </a>
      <div className={css.strip} title={tenant?.name ?? t("allTenants")}>
        <TenantStrip tenant={tenant} />
      </div>
      <div className={css.banner}>{banner}</div>
      <Rail tenant={tenant?.slug} />
      <div className={css.main} id="page" tabIndex={-1}>
        {children}
      </div>
    </div>
  );
}
