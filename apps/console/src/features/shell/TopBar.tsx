import { ButtonLink, IconButton } from "@manydesk/kit/ui/Button";
import { Icon } from "@manydesk/kit/ui/Icon";
import { Kbd } from "@manydesk/kit/ui/Kbd";
import { ScopeSwitcher } from "@manydesk/kit/ui/ScopeSwitcher";
import { useWords } from "@manydesk/kit/words/useWords";
import { createLink, useNavigate } from "@tanstack/react-router";
import { PanelLeft, PhoneCall, Search } from "lucide-react";
import { inOrder } from "../../parts/tenants.ts";
import { useWindow } from "../../parts/ui.ts";
import { useSession } from "../../parts/useSession.ts";
import type { QueueSearch } from "../../parts/views.ts";
import css from "./TopBar.module.css";
import words from "./words.json";

const LinkButton = createLink(ButtonLink);

/** The header of the queue: whose tickets, search, a new ticket. */
export function TopBar({ search, onMenu }: { search: QueueSearch; onMenu: () => void }) {
  const t = useWords(words);
  const { tenants } = useSession();
  const go = useNavigate();
  const openPalette = useWindow((window) => window.setPalette);
  return (
    <header className={css.bar}>
      <span className={css.menu}>
        <IconButton icon={PanelLeft} label={t("menu")} onClick={onMenu} />
      </span>
      <span className={css.scope}>
        <ScopeSwitcher
          tenants={inOrder(tenants)}
          scope={search.scope ?? "all"}
          onChange={(scope) => go({ to: "/q", search: { ...search, scope: scope === "all" ? undefined : scope } })}
        />
      </span>
      <button type="button" className={css.find} onClick={() => openPalette(true)} aria-keyshortcuts="/ Control+K">
        <Icon of={Search} />
        <span className={`${css.hint} cut`}>{t("searchHint")}</span>
        <Kbd combo="Slash" />
      </button>
      <span className={css.right} />
      <LinkButton to="/new" search={search.scope ? { tenant: search.scope } : {}} icon={PhoneCall} keys="KeyC">
        <span className={css.wide}>{t("newTicket")}</span>
      </LinkButton>
    </header>
  );
}
